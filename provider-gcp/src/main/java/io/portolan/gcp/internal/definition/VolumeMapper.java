package io.portolan.gcp.internal.definition;

import com.google.cloud.run.v2.CloudSqlInstance;
import com.google.cloud.run.v2.EmptyDirVolumeSource;
import com.google.cloud.run.v2.GCSVolumeSource;
import com.google.cloud.run.v2.NFSVolumeSource;
import com.google.cloud.run.v2.Volume;
import com.google.cloud.run.v2.VolumeMount;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.config.OptionNames;
import io.portolan.spec.SecretRef;
import io.portolan.spec.Volume.InMemory;
import io.portolan.spec.Volume.Named;
import io.portolan.spec.WorkloadSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The volumes of a container and where they are mounted: buckets, NFS, memory, secrets, sockets of Cloud SQL. Pure. */
public final class VolumeMapper {
    private static final Pattern BUCKET =
            Pattern.compile("gs://([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:/+([^\\s/][^\\s]*?))?/*");

    private static final Pattern NFS = Pattern.compile("nfs://([A-Za-z0-9.-]+)(/\\S*)");

    private final List<Volume> volumes = new ArrayList<>();
    private final List<VolumeMount> mounts = new ArrayList<>();
    private final GcpSettings settings;

    private VolumeMapper(GcpSettings settings) {
        this.settings = settings;
    }

    /**
     * The volumes of a workload.
     *
     * @param spec a job or a service
     * @param settings its settings
     * @return volumes and mounts
     */
    static VolumeMapper of(WorkloadSpec spec, GcpSettings settings) {
        VolumeMapper mapper = new VolumeMapper(settings);
        mapper.mounted(spec);
        mapper.secrets(SecretMapper.directories(spec.container()));
        mapper.sockets();
        return mapper;
    }

    List<Volume> volumes() {
        return volumes;
    }

    List<VolumeMount> mounts() {
        return mounts;
    }

    /**
     * What carries a named volume.
     *
     * @param name the volume
     * @param settings the settings of the workload
     * @return as the key {@code volumes.NAME} has it, empty if it is not set
     */
    public static Optional<String> place(String name, GcpSettings settings) {
        return Optional.ofNullable(settings.config().under(GcpKeys.VOLUMES).get(name))
                .map(String::strip);
    }

    /**
     * Whether a setting names a bucket or an NFS share.
     *
     * @param place the value of the key {@code volumes.NAME}
     * @return true for {@code gs://BUCKET}, {@code gs://BUCKET/DIRECTORY} and {@code nfs://SERVER/PATH}
     */
    public static boolean isPlace(String place) {
        return BUCKET.matcher(place).matches() || NFS.matcher(place).matches();
    }

    /** A named volume that is mounted twice is one volume, unless one mount may write and the other may not. */
    private void mounted(WorkloadSpec spec) {
        Map<String, String> known = new LinkedHashMap<>();
        for (io.portolan.spec.VolumeMount mount : spec.container().volumes()) {
            String next = "volume-" + volumes.size();
            if (mount.volume() instanceof Named named) {
                String key = named.name() + (mount.readOnly() ? ":ro" : ":rw");
                String name = known.computeIfAbsent(key, k -> next);
                if (name.equals(next)) {
                    volumes.add(named(next, named.name(), mount.readOnly()));
                }
                mount(name, mount.path());
            } else if (mount.volume() instanceof InMemory memory) {
                volumes.add(Volume.newBuilder()
                        .setName(next)
                        .setEmptyDir(EmptyDirVolumeSource.newBuilder()
                                .setMedium(EmptyDirVolumeSource.Medium.MEMORY)
                                .setSizeLimit(memory.size().toString()))
                        .build());
                mount(next, mount.path());
            }
        }
    }

    private Volume named(String name, String volume, boolean readOnly) {
        String place = place(volume, settings).orElse("");
        Matcher bucket = BUCKET.matcher(place);
        Matcher share = NFS.matcher(place);
        if (bucket.matches()) {
            GCSVolumeSource.Builder source =
                    GCSVolumeSource.newBuilder().setBucket(bucket.group(1)).setReadOnly(readOnly);
            if (bucket.group(2) != null) {
                source.addMountOptions("only-dir=" + bucket.group(2));
            }
            return Volume.newBuilder().setName(name).setGcs(source).build();
        }
        if (share.matches()) {
            return Volume.newBuilder()
                    .setName(name)
                    .setNfs(NFSVolumeSource.newBuilder()
                            .setServer(share.group(1))
                            .setPath(share.group(2))
                            .setReadOnly(readOnly))
                    .build();
        }
        throw new IllegalArgumentException("volume '" + volume + "' has no place; set portolan.gcp." + GcpKeys.VOLUMES
                + "." + volume + " to gs://BUCKET or nfs://SERVER/PATH");
    }

    private void secrets(Map<String, Map<String, SecretRef>> directories) {
        int number = 0;
        for (Map.Entry<String, Map<String, SecretRef>> directory : directories.entrySet()) {
            String name = "secret-" + number++;
            volumes.add(Volume.newBuilder()
                    .setName(name)
                    .setSecret(SecretMapper.files(directory.getValue(), settings))
                    .build());
            mount(name, directory.getKey());
        }
    }

    private void sockets() {
        List<String> instances =
                settings.option(OptionNames.CLOUD_SQL).map(GcpSettings::split).orElse(List.of());
        if (!instances.isEmpty()) {
            volumes.add(Volume.newBuilder()
                    .setName("cloudsql")
                    .setCloudSqlInstance(CloudSqlInstance.newBuilder().addAllInstances(instances))
                    .build());
            mount("cloudsql", "/cloudsql");
        }
    }

    private void mount(String volume, String path) {
        mounts.add(VolumeMount.newBuilder().setName(volume).setMountPath(path).build());
    }
}
