package io.portolan.emulator.internal.gcp.run.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.ContainerRuntime.Mount;
import io.portolan.emulator.gcp.GcpEmulator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the volumes of a template become in containers of an engine. A bucket and an NFS directory are a volume that stays; an empty
 * directory is in memory if one container has it, else a volume of the task; secrets are files.
 */
public final class TemplateVolumes {
    private final JsonNode template;
    private final String task;
    private final GcpEmulator gcp;
    private final Map<String, JsonNode> volumes = new LinkedHashMap<>();

    /**
     * The volumes of a template.
     *
     * @param template of a task or a revision
     * @param task what is unique to the task or the replica
     * @param gcp has the secrets
     */
    public TemplateVolumes(JsonNode template, String task, GcpEmulator gcp) {
        this.template = template;
        this.task = task;
        this.gcp = gcp;
        template.path("volumes")
                .forEach(volume -> volumes.put(volume.path("name").asText(), volume));
    }

    /**
     * A secret that containers need and that is not there.
     *
     * @param template of a task or a revision
     * @param gcp has the secrets
     * @return null if all are there
     */
    public static @Nullable String missingSecret(JsonNode template, GcpEmulator gcp) {
        List<String> needed = new ArrayList<>();
        template.path("containers")
                .forEach(container -> container.path("env").forEach(variable -> needed.add(secret(variable))));
        template.path("volumes")
                .forEach(volume ->
                        needed.add(volume.path("secret").path("secret").asText()));
        return needed.stream()
                .filter(secret -> !secret.isEmpty() && gcp.findSecret(secret).isEmpty())
                .findFirst()
                .orElse(null);
    }

    /**
     * The secret that a variable has its value from.
     *
     * @param variable of a container
     * @return empty if it has a value of its own
     */
    public static String secret(JsonNode variable) {
        return variable.path("valueSource").path("secretKeyRef").path("secret").asText();
    }

    /**
     * The volumes of a container that the engine keeps.
     *
     * @param container of the template
     * @return in their order
     */
    public List<Mount> mounts(JsonNode container) {
        List<Mount> mounts = new ArrayList<>();
        for (JsonNode mount : container.path("volumeMounts")) {
            JsonNode volume = volume(mount);
            String path = mount.path("mountPath").asText();
            JsonNode gcs = volume.path("gcs");
            JsonNode nfs = volume.path("nfs");
            if (!gcs.isMissingNode()) {
                mounts.add(new Mount(
                        gcs.path("bucket").asText(), path, gcs.path("readOnly").asBoolean()));
            } else if (!nfs.isMissingNode()) {
                mounts.add(new Mount(
                        nfs.path("server").asText() + nfs.path("path").asText(),
                        path,
                        nfs.path("readOnly").asBoolean()));
            } else if (volume.has("emptyDir") && isShared(mount)) {
                mounts.add(new Mount(task + "-" + volume.path("name").asText(), path, false));
            }
        }
        return mounts;
    }

    /**
     * The directories of a container that are in its memory.
     *
     * @param container of the template
     * @return options of tmpfs by path
     */
    public Map<String, String> tmpfs(JsonNode container) {
        Map<String, String> tmpfs = new LinkedHashMap<>();
        for (JsonNode mount : container.path("volumeMounts")) {
            JsonNode directory = volume(mount).path("emptyDir");
            if (!directory.isMissingNode() && !isShared(mount)) {
                long size = Quantity.mebibytes(directory.path("sizeLimit").asText());
                tmpfs.put(mount.path("mountPath").asText(), size == 0 ? "" : "size=" + size + "m");
            }
        }
        return tmpfs;
    }

    /**
     * The files of a container that hold secrets.
     *
     * @param container of the template
     * @return contents by path
     */
    public Map<String, String> files(JsonNode container) {
        Map<String, String> files = new LinkedHashMap<>();
        for (JsonNode mount : container.path("volumeMounts")) {
            JsonNode secret = volume(mount).path("secret");
            String value = gcp.findSecret(secret.path("secret").asText()).orElse(null);
            String directory = mount.path("mountPath").asText();
            if (value != null && secret.path("items").isEmpty()) {
                files.put(directory + "/" + secret.path("secret").asText(), value);
            } else if (value != null) {
                secret.path("items")
                        .forEach(item ->
                                files.put(directory + "/" + item.path("path").asText(), value));
            }
        }
        return files;
    }

    private JsonNode volume(JsonNode mount) {
        return volumes.getOrDefault(mount.path("name").asText(), template.path("none"));
    }

    private boolean isShared(JsonNode mount) {
        String name = mount.path("name").asText();
        return StreamSupport.stream(template.path("containers").spliterator(), false)
                        .filter(container -> StreamSupport.stream(
                                        container.path("volumeMounts").spliterator(), false)
                                .anyMatch(other -> other.path("name").asText().equals(name)))
                        .count()
                > 1;
    }
}
