package io.portolan.testkit.fake;

import io.portolan.plan.NativeRequest;
import io.portolan.spec.ContainerSpec;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.ProviderConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The requests of the fake platform, in a JSON of its own. Pure. */
final class FakeRequests {
    private FakeRequests() {}

    static List<NativeRequest> of(WorkloadSpec spec, ProviderConfig config, boolean managed) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("application", config.application());
        body.put("name", spec.name());
        container(body, spec.container());
        String operation;
        if (spec instanceof JobSpec job) {
            body.put("tasks", job.tasks());
            body.put("parallelism", job.parallelism());
            body.put("maxRetries", job.maxRetries());
            body.put("timeout", job.timeout().map(Object::toString).orElse(null));
            operation = managed ? "START" : "LAUNCH";
        } else {
            ServiceSpec service = (ServiceSpec) spec;
            body.put("port", service.port().number());
            body.put("replicas", service.scaling().min());
            operation = "DEPLOY";
        }
        return List.of(new NativeRequest(operation, spec.name(), json(body)));
    }

    private static void container(Map<String, @Nullable Object> body, ContainerSpec container) {
        body.put("image", container.image().toString());
        body.put("command", container.command());
        body.put("args", container.args());
        body.put("env", container.env());
        body.put("secretEnv", masked(container.secretEnv()));
        body.put("secretFiles", masked(container.secretFiles()));
    }

    private static Map<String, String> masked(Map<String, ?> secrets) {
        return secrets.keySet().stream()
                .sorted()
                .collect(Collectors.toMap(k -> k, k -> "***", (a, b) -> a, LinkedHashMap::new));
    }

    private static String json(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> quote(e.getKey().toString()) + ": " + json(e.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(FakeRequests::json).collect(Collectors.joining(", ", "[", "]"));
        }
        return value == null || value instanceof Integer ? String.valueOf(value) : quote(value.toString());
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
