package io.portolan.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A spec as the tree of its document. What has its default is left out, so that a version that knows more fields writes the same document
 * for the same spec, and its hash stays.
 */
final class SpecTree {
    private final Map<String, Object> tree = new LinkedHashMap<>();

    private final boolean complete;

    private SpecTree(boolean complete) {
        this.complete = complete;
    }

    /** The tree in the order of the schema; users' names in the order of their addition. */
    static Map<String, Object> of(WorkloadSpec spec) {
        return of(spec, false);
    }

    /** Every field by its path, those with their defaults included. */
    static Map<String, String> fields(WorkloadSpec spec) {
        Map<String, String> fields = new LinkedHashMap<>();
        flatten("", of(spec, true), fields);
        return fields;
    }

    private static void flatten(String path, Object value, Map<String, String> fields) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> flatten(path.isEmpty() ? name.toString() : path + "." + name, inner, fields));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + i + "]", list.get(i), fields);
            }
        } else {
            fields.put(path, value.toString());
        }
    }

    private static Map<String, Object> of(WorkloadSpec spec, boolean complete) {
        SpecTree tree = new SpecTree(complete);
        tree.tree.put("kind", spec instanceof JobSpec ? "job" : "service");
        tree.tree.put("name", spec.name());
        tree.container(spec.container());
        if (spec instanceof JobSpec job) {
            tree.job(job);
        } else if (spec instanceof ServiceSpec service) {
            tree.service(service);
        }
        tree.some("labels", spec.labels());
        Map<String, Object> options = new LinkedHashMap<>();
        spec.options().forEach(o -> options.put(o.provider().value(), o.settings()));
        tree.some("options", options);
        return tree.tree;
    }

    /** The same with all names sorted: equal for equal specs. */
    static Map<String, Object> sorted(Map<?, ?> tree) {
        Map<String, Object> sorted = new TreeMap<>();
        tree.forEach((name, value) -> sorted.put(String.valueOf(name), sortedValue(value)));
        return sorted;
    }

    private static Object sortedValue(Object value) {
        if (value instanceof Map<?, ?> map) {
            return sorted(map);
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(sortedValue(item)));
            return items;
        }
        return value;
    }

    private void container(ContainerSpec c) {
        tree.put("image", c.image().toString());
        some("command", c.command());
        some("args", c.args());
        some("env", c.env());
        some("secretEnv", secrets(c.secretEnv()));
        some("secretFiles", secrets(c.secretFiles()));
        some("volumes", c.volumes().stream().map(SpecTree::volume).toList());
        if (complete || !c.resources().equals(Resources.DEFAULT)) {
            tree.put("resources", resources(c.resources()));
        }
        c.workingDirectory().ifPresent(d -> tree.put("workingDirectory", d));
        c.user().ifPresent(u -> tree.put("user", u));
        flag("readOnlyRootFilesystem", c.readOnlyRootFilesystem());
        flag("initProcess", c.initProcess());
        unless("stopGracePeriod", c.stopGracePeriod().toString(), WorkloadBuilder.DEFAULT_GRACE.toString());
    }

    private void job(JobSpec job) {
        unless("tasks", job.tasks(), 1);
        unless("parallelism", job.parallelism(), job.tasks());
        unless("maxRetries", job.maxRetries(), 0);
        job.timeout().map(Duration::toString).ifPresent(t -> tree.put("timeout", t));
    }

    private void service(ServiceSpec service) {
        Port port = service.port();
        if (!complete && port.protocol() == Port.Protocol.HTTP) {
            unless("port", port.number(), 8080);
        } else {
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("number", port.number());
            written.put("protocol", lower(port.protocol()));
            tree.put("port", written);
        }
        Scaling scaling = service.scaling();
        if (!complete && scaling.isFixed()) {
            unless("scaling", scaling.min(), 1);
        } else {
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("min", scaling.min());
            written.put("max", scaling.max());
            tree.put("scaling", written);
        }
        unless("exposure", lower(service.exposure()), lower(Exposure.PUBLIC));
        if (complete || !service.readiness().equals(Probe.tcp())) {
            tree.put("readiness", probe(service.readiness()));
        }
        service.liveness().ifPresent(p -> tree.put("liveness", probe(p)));
    }

    private static Map<String, Object> resources(Resources r) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("cpu", r.cpu().toString());
        tree.put("memory", r.memory().toString());
        r.gpu().ifPresent(g -> {
            Map<String, Object> gpu = new LinkedHashMap<>();
            gpu.put("model", g.model().name());
            gpu.put("count", g.count());
            tree.put("gpu", gpu);
        });
        r.ephemeralStorage().ifPresent(s -> tree.put("ephemeralStorage", s.toString()));
        r.architecture().ifPresent(a -> tree.put("architecture", a.ociName()));
        return tree;
    }

    private static Map<String, Object> secrets(Map<String, SecretRef> secrets) {
        Map<String, Object> tree = new LinkedHashMap<>();
        secrets.forEach((name, secret) -> {
            if (secret.version().isPresent()) {
                Map<String, Object> written = new LinkedHashMap<>();
                written.put("name", secret.name());
                written.put("version", secret.version().get());
                tree.put(name, written);
            } else {
                tree.put(name, secret.name());
            }
        });
        return tree;
    }

    private static Map<String, Object> volume(VolumeMount mount) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("path", mount.path());
        if (mount.volume() instanceof Volume.Named named) {
            tree.put("named", named.name());
        } else if (mount.volume() instanceof Volume.HostDirectory directory) {
            tree.put("hostDirectory", directory.path());
        } else if (mount.volume() instanceof Volume.InMemory memory) {
            tree.put("inMemory", memory.size().toString());
        }
        if (mount.readOnly()) {
            tree.put("readOnly", true);
        }
        return tree;
    }

    private Map<String, Object> probe(Probe probe) {
        SpecTree written = new SpecTree(complete);
        Probe byDefault = Probe.tcp();
        if (probe.check() instanceof Probe.HttpGet get) {
            written.tree.put("http", get.path());
        } else if (probe.check() instanceof Probe.Exec exec) {
            written.tree.put("exec", exec.command());
        } else {
            written.tree.put("tcp", true);
        }
        written.unless(
                "interval", probe.interval().toString(), byDefault.interval().toString());
        written.unless(
                "timeout", probe.timeout().toString(), byDefault.timeout().toString());
        written.unless("failureThreshold", probe.failureThreshold(), byDefault.failureThreshold());
        written.unless(
                "startupTimeout",
                probe.startupTimeout().toString(),
                byDefault.startupTimeout().toString());
        return written.tree;
    }

    private void some(String name, Map<String, ?> value) {
        if (!value.isEmpty()) {
            tree.put(name, value);
        }
    }

    private void some(String name, List<?> value) {
        if (!value.isEmpty()) {
            tree.put(name, value);
        }
    }

    private void flag(String name, boolean value) {
        if (complete || value) {
            tree.put(name, value);
        }
    }

    private void unless(String name, Object value, Object byDefault) {
        if (complete || !value.equals(byDefault)) {
            tree.put(name, value);
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
