package io.portolan.gcp.internal.definition;

import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.EnvVarSource;
import com.google.cloud.run.v2.SecretKeySelector;
import com.google.cloud.run.v2.SecretVolumeSource;
import com.google.cloud.run.v2.VersionToPath;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.spec.ContainerSpec;
import io.portolan.spec.SecretRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** References to secrets of Secret Manager. Values are never seen. Pure. */
public final class SecretMapper {
    private static final String NEWEST = "latest";

    private static final Pattern PLACE = Pattern.compile(
            "((?:projects/[a-z0-9.:-]{1,128}/secrets/)?[A-Za-z0-9_-]{1,255})(?:/versions/([A-Za-z0-9_-]{1,63}))?");

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    private SecretMapper() {}

    /**
     * A secret at a version.
     *
     * @param secret its name, or {@code projects/P/secrets/NAME}
     * @param version a number, an alias or {@code latest}
     */
    public record Place(String secret, String version) {}

    /**
     * Where the value of a secret is.
     *
     * @param reference as the spec names it
     * @param settings the settings of the workload
     * @return empty if Secret Manager can have no secret or version of this name
     */
    public static Optional<Place> place(SecretRef reference, GcpSettings settings) {
        String name = settings.config().under(GcpKeys.SECRETS).getOrDefault(reference.name(), reference.name());
        Matcher place = PLACE.matcher(name.strip());
        if (!place.matches()) {
            return Optional.empty();
        }
        String version = reference.version().orElse(place.group(2) == null ? NEWEST : place.group(2));
        return VERSION.matcher(version).matches() ? Optional.of(new Place(place.group(1), version)) : Optional.empty();
    }

    /**
     * The files of secrets by their directories: each directory becomes a volume, and a volume holds one secret.
     *
     * @param container the container
     * @return directory to file name to secret
     */
    public static Map<String, Map<String, SecretRef>> directories(ContainerSpec container) {
        Map<String, Map<String, SecretRef>> directories = new LinkedHashMap<>();
        container.secretFiles().forEach((path, secret) -> {
            int slash = path.lastIndexOf('/');
            String directory = slash == 0 ? "/" : path.substring(0, slash);
            directories.computeIfAbsent(directory, d -> new LinkedHashMap<>()).put(path.substring(slash + 1), secret);
        });
        return directories;
    }

    static EnvVar variable(String name, SecretRef reference, GcpSettings settings) {
        Place place = require(reference, settings);
        return EnvVar.newBuilder()
                .setName(name)
                .setValueSource(EnvVarSource.newBuilder()
                        .setSecretKeyRef(SecretKeySelector.newBuilder()
                                .setSecret(place.secret())
                                .setVersion(place.version())))
                .build();
    }

    static SecretVolumeSource files(Map<String, SecretRef> files, GcpSettings settings) {
        SecretVolumeSource.Builder source = SecretVolumeSource.newBuilder();
        files.forEach((file, reference) -> {
            Place place = require(reference, settings);
            source.setSecret(place.secret())
                    .addItems(VersionToPath.newBuilder().setPath(file).setVersion(place.version()));
        });
        return source.build();
    }

    private static Place require(SecretRef reference, GcpSettings settings) {
        return place(reference, settings)
                .orElseThrow(() -> new IllegalArgumentException("secret '" + reference.name()
                        + "' has no place; set portolan.gcp." + GcpKeys.SECRETS + "." + reference.name()));
    }
}
