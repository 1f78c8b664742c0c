package io.portolan.spec;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.id.ProviderId;
import io.portolan.image.Architecture;
import io.portolan.internal.text.YamlNode;
import io.portolan.internal.text.YamlParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a document into a spec. Reports everything that is wrong at once, the rules of the builders included. */
final class SpecReader {
    private static final String SECRET_RULE =
            "must be the name of a secret (letters, digits, _ . / : + = @ -), not its value";
    private static final String SECRET_FIX = "write for example 'report-db' or {name: report-db, version: \"3\"}";

    private final String subject;
    private final List<Violation> found = new ArrayList<>();

    SpecReader(String subject) {
        this.subject = subject;
    }

    WorkloadSpec read(String text) {
        YamlNode root = YamlParser.parse(text, found);
        if (!(root instanceof YamlNode.Mapping mapping)) {
            if (found.isEmpty()) {
                found.add(new Violation(
                        "document",
                        root == null ? "nothing" : root.described(),
                        "must be a mapping",
                        "begin with 'kind: job' or 'kind: service'"));
            }
            throw new InvalidSpecException(subject, found);
        }
        Fields fields = new Fields("", mapping, found);
        fields.require("kind", "write 'kind: job' or 'kind: service'");
        String kind = fields.choice("kind", Map.of("job", "job", "service", "service"));
        fields.require("name", "write for example 'name: nightly-etl'");
        String name = Objects.requireNonNullElse(fields.word("name"), "unnamed");
        JobSpec.Builder job = JobSpec.builder(name);
        ServiceSpec.Builder service = ServiceSpec.builder(name);
        // Without a kind, the fields of both exist: what else is wrong is still found.
        if (!"service".equals(kind)) {
            readJob(fields, job);
        }
        if (!"job".equals(kind)) {
            new ServiceFields(fields).read(service);
        }
        WorkloadBuilder<?> common = "service".equals(kind) ? service : job;
        readContainer(fields, common);
        labelsAndOptions(fields, common);
        fields.end();
        WorkloadSpec spec = build("service".equals(kind) ? service::build : job::build);
        if (spec == null || !found.isEmpty()) {
            throw new InvalidSpecException(subject, found);
        }
        return spec;
    }

    /** What a builder says of a field is left out where the reader has already said what is wrong with it. */
    private @Nullable WorkloadSpec build(Supplier<WorkloadSpec> builder) {
        try {
            return builder.get();
        } catch (InvalidSpecException e) {
            List<String> reported = found.stream().map(Violation::path).toList();
            for (Violation violation : e.violations()) {
                if (reported.stream().noneMatch(path -> violation.path().startsWith(path))) {
                    found.add(violation);
                }
            }
            return null;
        }
    }

    private static <T> void set(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    private static void readJob(Fields fields, JobSpec.Builder job) {
        set(fields.integer("tasks"), job::tasks);
        set(fields.integer("parallelism"), job::parallelism);
        set(fields.integer("maxRetries"), job::maxRetries);
        set(fields.duration("timeout"), job::timeout);
    }

    private static void readContainer(Fields fields, WorkloadBuilder<?> builder) {
        fields.require("image", "write for example 'image: ghcr.io/acme/etl:1.4'");
        String image = fields.word("image");
        if (image != null) {
            builder.image(image);
        }
        set(fields.words("command"), words -> builder.command(words.toArray(String[]::new)));
        set(fields.words("args"), words -> builder.args(words.toArray(String[]::new)));
        set(fields.texts("env"), builder::env);
        fields.each(
                "secretEnv", (inner, variable) -> set(secret(inner, variable), s -> builder.secretEnv(variable, s)));
        fields.each("secretFiles", (inner, path) -> set(secret(inner, path), s -> builder.secretFile(path, s)));
        fields.list("volumes").forEach(mount -> set(volume(mount), builder::volume));
        set(resources(fields), builder::resources);
        set(fields.word("workingDirectory"), builder::workingDirectory);
        set(fields.text("user"), builder::user);
        set(fields.flag("readOnlyRootFilesystem"), builder::readOnlyRootFilesystem);
        set(fields.flag("initProcess"), builder::initProcess);
        set(fields.duration("stopGracePeriod"), builder::stopGracePeriod);
    }

    private static void labelsAndOptions(Fields fields, WorkloadBuilder<?> builder) {
        set(fields.texts("labels"), labels -> labels.forEach(builder::label));
        fields.each("options", (inner, provider) -> {
            Map<String, String> settings = inner.texts(provider);
            try {
                ProviderId id = new ProviderId(provider);
                set(settings, s -> builder.options(new NamedOptions(id, s)));
            } catch (IllegalArgumentException e) {
                inner.add(provider, provider, "must be the name of a provider", "write local, aws, gcp or azure");
            }
        });
    }

    private static @Nullable SecretRef secret(Fields fields, String key) {
        String name;
        String version = null;
        if (fields.isMapping(key)) {
            Fields inner = Objects.requireNonNull(fields.fields(key));
            inner.require("name", SECRET_FIX);
            name = inner.word("name");
            version = inner.text("version");
            inner.end();
        } else {
            name = fields.word(key);
        }
        if (name == null) {
            return null;
        }
        try {
            SecretRef secret = SecretRef.named(name);
            return version == null ? secret : secret.version(version);
        } catch (IllegalArgumentException e) {
            // The text is not repeated: it may be the secret itself.
            fields.add(key, "***", SECRET_RULE, SECRET_FIX);
            return null;
        }
    }

    private static @Nullable VolumeMount volume(Fields fields) {
        fields.require("path", "write for example 'path: /data'");
        String path = fields.word("path");
        Volume named = fields.parsed(
                "named", Volume::named, "must match [a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}", "write for example 'results'");
        Volume directory = fields.parsed(
                "hostDirectory", Volume::hostDirectory, "must be an absolute path", "write for example '/srv/data'");
        Volume memory = fields.parsed(
                "inMemory",
                t -> Volume.inMemory(MemorySize.parse(t)),
                "must be a whole number with Ki, Mi, Gi, Ti or nothing for bytes",
                "write for example '64Mi'");
        boolean readOnly = Boolean.TRUE.equals(fields.flag("readOnly"));
        long sources = List.of("named", "hostDirectory", "inMemory").stream()
                .filter(fields::has)
                .count();
        if (sources != 1) {
            fields.add(
                    "",
                    sources + " volumes",
                    "must have exactly one of named, hostDirectory, inMemory",
                    "write for example 'named: results'");
        }
        fields.end();
        Volume volume = named != null ? named : directory != null ? directory : memory;
        return path == null || volume == null ? null : new VolumeMount(path, volume, readOnly);
    }

    private static @Nullable Resources resources(Fields parent) {
        Fields fields = parent.fields("resources");
        if (fields == null) {
            return null;
        }
        Cpu cpu = fields.parsed(
                "cpu", Cpu::parse, "must be cores or thousandths, 1m or more", "write for example '0.5' or '500m'");
        MemorySize memory = memory(fields, "memory");
        Resources resources = Resources.of(
                cpu == null ? Resources.DEFAULT.cpu() : cpu, memory == null ? Resources.DEFAULT.memory() : memory);
        Gpu gpu = gpu(fields);
        resources = gpu == null ? resources : resources.gpu(gpu);
        MemorySize storage = memory(fields, "ephemeralStorage");
        resources = storage == null ? resources : resources.ephemeralStorage(storage);
        Architecture architecture =
                fields.choice("architecture", Map.of("amd64", Architecture.AMD64, "arm64", Architecture.ARM64));
        resources = architecture == null ? resources : resources.architecture(architecture);
        fields.end();
        return resources;
    }

    private static @Nullable MemorySize memory(Fields fields, String name) {
        return fields.parsed(
                name,
                MemorySize::parse,
                "must be a whole number with Ki, Mi, Gi, Ti or nothing for bytes, 1 or more",
                "write for example '512Mi'");
    }

    private static @Nullable Gpu gpu(Fields parent) {
        Fields fields = parent.fields("gpu");
        if (fields == null) {
            return null;
        }
        fields.require("model", "write for example 'model: nvidia-l4'");
        GpuModel model = fields.parsed(
                "model",
                GpuModel::new,
                "must be vendor and model in lower case, joined by hyphens",
                "write for example 'nvidia-l4'");
        Integer count = fields.integer("count");
        fields.end();
        if (count != null && (count < 1 || count > 64)) {
            fields.add("count", count.toString(), "must be 1 to 64", "choose a number in this range");
            return null;
        }
        return model == null ? null : Gpu.of(model, count == null ? 1 : count);
    }

    static @Nullable Duration positive(Fields fields, String name) {
        Duration value = fields.duration(name);
        if (value != null && value.isZero()) {
            fields.add(name, value.toString(), "must be positive", "write for example 1s");
            return null;
        }
        return value;
    }
}
