package io.portolan.gcp.internal.portability;

import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.config.OptionNames;
import io.portolan.gcp.internal.definition.CloudRunSize;
import io.portolan.gcp.internal.definition.Limits;
import io.portolan.gcp.internal.definition.ReservedEnvironment;
import io.portolan.gcp.internal.definition.SecretMapper;
import io.portolan.gcp.internal.definition.SizeMapper;
import io.portolan.gcp.internal.definition.VolumeMapper;
import io.portolan.portability.Finding.Kind;
import io.portolan.spec.ContainerSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.SecretRef;
import io.portolan.spec.Volume;
import io.portolan.spec.VolumeMount;
import io.portolan.spec.WorkloadSpec;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Image, variables, secrets and volumes. Pure. */
final class ContainerFindings {
    private final WorkloadSpec spec;
    private final ContainerSpec container;
    private final GcpSettings settings;
    private final Limits limits;
    private final FindingList findings;

    ContainerFindings(WorkloadSpec spec, GcpSettings settings, FindingList findings) {
        this.spec = spec;
        this.container = spec.container();
        this.settings = settings;
        this.limits = Limits.of(settings);
        this.findings = findings;
    }

    void all() {
        image();
        arguments();
        environment();
        container.secretEnv().forEach((variable, secret) -> secret("secretEnv." + variable, secret));
        secretFiles();
        for (int i = 0; i < container.volumes().size(); i++) {
            volume("volumes[" + i + "]", container.volumes().get(i));
        }
        inMemory();
    }

    /** An emulator runs any image. */
    private void image() {
        String registry = container.image().registry();
        boolean known = Limits.registries().stream()
                .anyMatch(host ->
                        registry.equals(host) || registry.endsWith("." + host) || registry.endsWith("-" + host));
        if (known
                || registry.equals(settings.registry())
                || settings.endpoint("run").isPresent()) {
            return;
        }
        findings.reject(
                "image",
                "Cloud Run does not pull from " + registry,
                "publish the image with images().publish, or pull it through a remote repository of Artifact Registry",
                Sources.IMAGES);
    }

    private void arguments() {
        long most = limits.value(Limits.ARGUMENTS);
        if (container.args().size() > most) {
            findings.reject(
                    "args",
                    "there are " + container.args().size() + ", and Cloud Run takes at most " + most,
                    "move them into a file",
                    Sources.QUOTAS);
        }
    }

    private void environment() {
        long most = limits.value(Limits.ENVIRONMENT_VARIABLES);
        int variables = container.env().size() + container.secretEnv().size();
        if (variables > most) {
            findings.reject(
                    "env",
                    "there are " + variables + " variables, and Cloud Run takes at most " + most,
                    "move them into a file",
                    Sources.QUOTAS);
        }
        long longest = limits.value(Limits.ENVIRONMENT_VALUE);
        container.env().forEach((variable, value) -> {
            reserved("env." + variable, variable);
            int bytes = value.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > longest) {
                findings.reject(
                        "env." + variable,
                        "its value has " + bytes + " bytes, and Cloud Run takes at most " + longest,
                        "move it into a file or a secret",
                        Sources.QUOTAS);
            }
        });
        container.secretEnv().keySet().forEach(variable -> reserved("secretEnv." + variable, variable));
    }

    private void reserved(String field, String variable) {
        if (ReservedEnvironment.has(variable)) {
            findings.reject(
                    field,
                    "Cloud Run sets variables of this name itself and refuses them from others",
                    "choose another name",
                    ReservedEnvironment.SOURCE);
        }
    }

    private void secret(String field, SecretRef secret) {
        if (SecretMapper.place(secret, settings).isEmpty()) {
            findings.reject(
                    field,
                    "Secret Manager has no secret or version of the name '" + secret
                            + "': letters, digits, - and _ only",
                    "set portolan.gcp." + GcpKeys.SECRETS + "." + secret.name()
                            + " to NAME or projects/PROJECT/secrets/NAME",
                    Sources.SECRET);
        }
    }

    /** A volume of secrets holds one secret, and hides what the image has in its directory. */
    private void secretFiles() {
        container.secretFiles().forEach((path, secret) -> secret("secretFiles." + path, secret));
        Map<String, Map<String, SecretRef>> directories = SecretMapper.directories(container);
        directories.forEach((directory, files) -> {
            Set<String> secrets = files.values().stream().map(SecretRef::name).collect(Collectors.toSet());
            String field = "secretFiles." + (directory.equals("/") ? "" : directory) + "/"
                    + files.keySet().iterator().next();
            if (directory.equals("/")) {
                findings.reject(
                        field,
                        "a secret is mounted as a directory, which cannot be /",
                        "write for example /secrets/NAME",
                        Sources.SECRET_VOLUME);
            } else if (secrets.size() > 1) {
                findings.reject(
                        field,
                        "files of one directory are of one secret, and " + directory + " has files of "
                                + secrets.size(),
                        "give each secret a directory of its own",
                        Sources.SECRET_VOLUME);
            } else if (overlaps(directory, directories.keySet())) {
                findings.reject(
                        field,
                        "the directory " + directory + " is mounted, and another mount is in it or around it",
                        "give each secret a directory of its own",
                        Sources.SECRET_VOLUME);
            } else {
                findings.add(
                        field,
                        Kind.NATIVE,
                        "the directory " + directory + " holds files of this secret only: what the image has there is"
                                + " hidden",
                        null,
                        Sources.SECRET_VOLUME);
            }
        });
    }

    private boolean overlaps(String directory, Set<String> directories) {
        Set<String> others = new LinkedHashSet<>(directories);
        others.remove(directory);
        container.volumes().forEach(mount -> others.add(mount.path()));
        return others.stream()
                .anyMatch(other -> other.equals(directory)
                        || other.startsWith(directory + "/")
                        || directory.startsWith(other + "/"));
    }

    private void volume(String field, VolumeMount mount) {
        if (mount.volume() instanceof Volume.Named named) {
            named(field, named.name());
        } else if (mount.volume() instanceof Volume.InMemory && mount.readOnly()) {
            findings.adjust(field, "a volume in memory can be written", Sources.MEMORY_VOLUME);
        }
    }

    private void named(String field, String name) {
        String key = "portolan.gcp." + GcpKeys.VOLUMES + "." + name;
        Optional<String> place = VolumeMapper.place(name, settings);
        if (place.isEmpty()) {
            findings.reject(
                    field,
                    "nothing carries the volume '" + name + "'",
                    "set " + key + " to gs://BUCKET, gs://BUCKET/DIRECTORY or nfs://SERVER/PATH",
                    Sources.VOLUME);
        } else if (!VolumeMapper.isPlace(place.get())) {
            findings.reject(
                    field,
                    key + " was '" + place.get() + "'",
                    "write gs://BUCKET, gs://BUCKET/DIRECTORY or nfs://SERVER/PATH",
                    Sources.VOLUME);
        } else if (place.get().startsWith("gs:")) {
            findings.add(
                    field,
                    Kind.NATIVE,
                    "the bucket " + place.get()
                            + " by Cloud Storage FUSE: no locks, and the last writer of a file wins",
                    null,
                    Sources.VOLUME);
        } else {
            nfs(field, place.get());
        }
        boolean first = settings.option(OptionNames.EXECUTION_ENVIRONMENT)
                .filter("GEN1"::equals)
                .isPresent();
        if (first) {
            findings.adjust(field, "needs the second generation of the sandbox: GEN1 becomes GEN2", Sources.VOLUME);
        }
    }

    private void nfs(String field, String place) {
        boolean network = settings.text(GcpKeys.NETWORK).isPresent()
                || settings.text(GcpKeys.SUBNETWORK).isPresent()
                || settings.text(GcpKeys.CONNECTOR).isPresent();
        if (network) {
            findings.add(field, Kind.NATIVE, place + ", without locks", null, Sources.VOLUME);
        } else {
            findings.adjust(
                    field,
                    place + " is reached through a VPC only, and none is set: portolan.gcp." + GcpKeys.NETWORK
                            + " or portolan.gcp." + GcpKeys.CONNECTOR,
                    Sources.VOLUME);
        }
    }

    private void inMemory() {
        long bytes = container.volumes().stream()
                .map(VolumeMount::volume)
                .filter(Volume.InMemory.class::isInstance)
                .mapToLong(volume -> ((Volume.InMemory) volume).size().bytes())
                .sum();
        if (bytes == 0) {
            return;
        }
        MemorySize size = new MemorySize(bytes);
        MemorySize memory = SizeMapper.fit(spec, settings)
                .map(fit -> MemorySize.mebibytes(fit.memory()))
                .orElse(container.resources().memory());
        if (size.compareTo(memory) >= 0) {
            findings.reject(
                    "volumes",
                    "volumes in memory hold " + CloudRunSize.text(size) + " and the container has "
                            + CloudRunSize.text(memory),
                    "ask for more memory or smaller volumes",
                    Sources.MEMORY_VOLUME);
        } else {
            findings.add(
                    "volumes",
                    Kind.NATIVE,
                    "what volumes in memory hold, up to " + CloudRunSize.text(size) + ", counts against the memory",
                    null,
                    Sources.MEMORY_VOLUME);
        }
    }
}
