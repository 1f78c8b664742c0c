package io.portolan.spec;

import io.portolan.id.ProviderId;
import io.portolan.image.Architecture;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Specs as YAML documents. */
@SuppressWarnings("NullAway")
public final class SpecYaml {
    private SpecYaml() {}

    /**
     * The document of a spec, the same text for equal specs.
     *
     * @param spec a job or a service
     * @return YAML
     */
    public static String write(WorkloadSpec spec) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(10_000);
        return new Yaml(options).dump(document(spec));
    }

    /**
     * The identity of the content of a spec.
     *
     * @param spec a job or a service
     * @return 16 lower-case hex digits
     */
    public static String hash(WorkloadSpec spec) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(write(spec).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param document YAML
     * @return the spec
     */
    @SuppressWarnings("unchecked")
    public static WorkloadSpec read(String document) {
        Map<String, Object> map = new Yaml(new SafeConstructor(new LoaderOptions())).load(document);
        if (map.get("kind").equals("job")) {
            JobSpec.Builder job = JobSpec.builder((String) map.get("name"));
            common(job, map);
            job.tasks((Integer) map.get("tasks"));
            job.parallelism((Integer) map.get("parallelism"));
            job.maxRetries((Integer) map.get("maxRetries"));
            if (map.containsKey("timeout")) {
                job.timeout(Duration.parse((String) map.get("timeout")));
            }
            return job.build();
        }
        ServiceSpec.Builder service = ServiceSpec.builder((String) map.get("name"));
        common(service, map);
        Map<String, Object> port = (Map<String, Object>) map.get("port");
        service.port(new Port(
                (Integer) port.get("number"),
                Port.Protocol.valueOf(((String) port.get("protocol")).toUpperCase(Locale.ROOT))));
        Map<String, Object> scaling = (Map<String, Object>) map.get("scaling");
        service.scaling(new Scaling((Integer) scaling.get("min"), (Integer) scaling.get("max")));
        service.exposure(Exposure.valueOf(((String) map.get("exposure")).toUpperCase(Locale.ROOT)));
        service.readiness(probe((Map<String, Object>) map.get("readiness")));
        if (map.containsKey("liveness")) {
            service.liveness(probe((Map<String, Object>) map.get("liveness")));
        }
        return service.build();
    }

    @SuppressWarnings("unchecked")
    private static void common(WorkloadBuilder<?> builder, Map<String, Object> map) {
        builder.image((String) map.get("image"));
        builder.command(((List<String>) map.get("command")).toArray(String[]::new));
        builder.args(((List<String>) map.get("args")).toArray(String[]::new));
        builder.env((Map<String, String>) map.get("env"));
        ((Map<String, String>) map.get("secretEnv")).forEach((k, v) -> builder.secretEnv(k, secret(v)));
        ((Map<String, String>) map.get("secretFiles")).forEach((k, v) -> builder.secretFile(k, secret(v)));
        for (Map<String, Object> mount : (List<Map<String, Object>>) map.get("volumes")) {
            Volume volume = mount.containsKey("name")
                    ? Volume.named((String) mount.get("name"))
                    : mount.containsKey("hostDirectory")
                            ? Volume.hostDirectory((String) mount.get("hostDirectory"))
                            : Volume.inMemory(MemorySize.parse((String) mount.get("inMemory")));
            builder.volume(new VolumeMount((String) mount.get("path"), volume, (Boolean) mount.get("readOnly")));
        }
        Map<String, Object> r = (Map<String, Object>) map.get("resources");
        Resources resources =
                Resources.of(Cpu.parse((String) r.get("cpu")), MemorySize.parse((String) r.get("memory")));
        if (r.containsKey("gpu")) {
            Map<String, Object> gpu = (Map<String, Object>) r.get("gpu");
            resources = resources.gpu(Gpu.of(new GpuModel((String) gpu.get("model")), (Integer) gpu.get("count")));
        }
        if (r.containsKey("ephemeralStorage")) {
            resources = resources.ephemeralStorage(MemorySize.parse((String) r.get("ephemeralStorage")));
        }
        if (r.containsKey("architecture")) {
            resources = resources.architecture(
                    Architecture.valueOf(((String) r.get("architecture")).toUpperCase(Locale.ROOT)));
        }
        builder.resources(resources);
        if (map.containsKey("workingDirectory")) {
            builder.workingDirectory((String) map.get("workingDirectory"));
        }
        if (map.containsKey("user")) {
            builder.user((String) map.get("user"));
        }
        builder.readOnlyRootFilesystem((Boolean) map.get("readOnlyRootFilesystem"));
        builder.initProcess((Boolean) map.get("initProcess"));
        builder.stopGracePeriod(Duration.parse((String) map.get("stopGracePeriod")));
        ((Map<String, String>) map.get("labels")).forEach(builder::label);
        ((Map<String, Map<String, String>>) map.get("options"))
                .forEach((k, v) -> builder.options(new NamedOptions(new ProviderId(k), v)));
    }

    private static SecretRef secret(String text) {
        int hash = text.indexOf('#');
        return hash < 0
                ? SecretRef.named(text)
                : SecretRef.named(text.substring(0, hash)).version(text.substring(hash + 1));
    }

    @SuppressWarnings("unchecked")
    private static Probe probe(Map<String, Object> map) {
        Probe probe = map.containsKey("http")
                ? Probe.http((String) map.get("http"))
                : map.containsKey("exec")
                        ? Probe.exec(((List<String>) map.get("exec")).toArray(String[]::new))
                        : Probe.tcp();
        return probe.interval(Duration.parse((String) map.get("interval")))
                .timeout(Duration.parse((String) map.get("timeout")))
                .failureThreshold((Integer) map.get("failureThreshold"))
                .startupTimeout(Duration.parse((String) map.get("startupTimeout")));
    }

    private static Map<String, @Nullable Object> document(WorkloadSpec spec) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        ContainerSpec c = spec.container();
        map.put("kind", spec instanceof JobSpec ? "job" : "service");
        map.put("name", spec.name());
        map.put("image", c.image().toString());
        map.put("command", c.command());
        map.put("args", c.args());
        map.put("env", new LinkedHashMap<>(c.env()));
        map.put("secretEnv", texts(c.secretEnv()));
        map.put("secretFiles", texts(c.secretFiles()));
        map.put("volumes", c.volumes().stream().map(SpecYaml::mount).toList());
        map.put("resources", resources(c.resources()));
        c.workingDirectory().ifPresent(v -> map.put("workingDirectory", v));
        c.user().ifPresent(v -> map.put("user", v));
        map.put("readOnlyRootFilesystem", c.readOnlyRootFilesystem());
        map.put("initProcess", c.initProcess());
        map.put("stopGracePeriod", c.stopGracePeriod().toString());
        if (spec instanceof JobSpec job) {
            map.put("tasks", job.tasks());
            map.put("parallelism", job.parallelism());
            map.put("maxRetries", job.maxRetries());
            job.timeout().ifPresent(v -> map.put("timeout", v.toString()));
        } else if (spec instanceof ServiceSpec service) {
            map.put(
                    "port",
                    Map.of(
                            "number", service.port().number(),
                            "protocol", service.port().protocol().name().toLowerCase(Locale.ROOT)));
            Map<String, Object> scaling = new LinkedHashMap<>();
            scaling.put("min", service.scaling().min());
            scaling.put("max", service.scaling().max());
            map.put("scaling", scaling);
            map.put("exposure", service.exposure().name().toLowerCase(Locale.ROOT));
            map.put("readiness", probe(service.readiness()));
            service.liveness().ifPresent(v -> map.put("liveness", probe(v)));
        }
        map.put("labels", new LinkedHashMap<>(spec.labels()));
        Map<String, Object> options = new LinkedHashMap<>();
        spec.options().forEach(o -> options.put(o.provider().value(), new LinkedHashMap<>(o.settings())));
        map.put("options", options);
        return map;
    }

    private static Map<String, String> texts(Map<String, SecretRef> secrets) {
        Map<String, String> texts = new LinkedHashMap<>();
        secrets.forEach((key, secret) -> texts.put(key, secret.toString()));
        return texts;
    }

    private static Map<String, Object> mount(VolumeMount mount) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("path", mount.path());
        if (mount.volume() instanceof Volume.Named named) {
            map.put("name", named.name());
        } else if (mount.volume() instanceof Volume.HostDirectory host) {
            map.put("hostDirectory", host.path());
        } else if (mount.volume() instanceof Volume.InMemory memory) {
            map.put("inMemory", memory.size().toString());
        }
        map.put("readOnly", mount.readOnly());
        return map;
    }

    private static Map<String, Object> resources(Resources resources) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cpu", resources.cpu().toString());
        map.put("memory", resources.memory().toString());
        resources.gpu().ifPresent(gpu -> {
            Map<String, Object> g = new LinkedHashMap<>();
            g.put("model", gpu.model().name());
            g.put("count", gpu.count());
            map.put("gpu", g);
        });
        resources.ephemeralStorage().ifPresent(v -> map.put("ephemeralStorage", v.toString()));
        resources.architecture().ifPresent(v -> map.put("architecture", v.ociName()));
        return map;
    }

    private static Map<String, Object> probe(Probe probe) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (probe.check() instanceof Probe.HttpGet http) {
            map.put("http", http.path());
        } else if (probe.check() instanceof Probe.Exec exec) {
            map.put("exec", new ArrayList<>(exec.command()));
        } else {
            map.put("tcp", true);
        }
        map.put("interval", probe.interval().toString());
        map.put("timeout", probe.timeout().toString());
        map.put("failureThreshold", probe.failureThreshold());
        map.put("startupTimeout", probe.startupTimeout().toString());
        return map;
    }
}
