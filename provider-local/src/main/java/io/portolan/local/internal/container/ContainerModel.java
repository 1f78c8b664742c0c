package io.portolan.local.internal.container;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container as Docker creates it: the result of {@link ContainerMapper}.
 *
 * @param name its name
 * @param image reference
 * @param process what runs in it
 * @param labels ours and the user's
 * @param host limits, mounts, network
 * @param network ports and names on its network
 * @param platform {@code os/architecture}, null for the engine's own
 */
public record ContainerModel(
        String name,
        String image,
        Command process,
        Map<String, String> labels,
        HostConfig host,
        Endpoint network,
        @Nullable String platform) {
    /**
     * What runs in a container.
     *
     * @param entrypoint empty to keep the image's
     * @param command empty to keep the image's, unless there is an entrypoint
     * @param environment {@code NAME=value}; may hold secrets
     * @param user null to keep the image's
     * @param workingDirectory null to keep the image's
     * @param stopSeconds time between SIGTERM and SIGKILL
     */
    public record Command(
            List<String> entrypoint,
            List<String> command,
            List<String> environment,
            @Nullable String user,
            @Nullable String workingDirectory,
            int stopSeconds) {
        /** Copies the lists. */
        public Command {
            entrypoint = List.copyOf(entrypoint);
            command = List.copyOf(command);
            environment = List.copyOf(environment);
        }

        /** Nothing of the environment, which may hold secrets. */
        @Override
        public String toString() {
            return "Command[" + entrypoint + " " + command + "]";
        }
    }

    /**
     * How a container is reached.
     *
     * @param exposedPorts ports that can be published; which are, says the host configuration
     * @param aliases further names on a network of the user
     */
    public record Endpoint(List<ExposedPort> exposedPorts, List<String> aliases) {
        /** Reached by nobody. */
        public static final Endpoint NONE = new Endpoint(List.of(), List.of());

        /** Copies the lists. */
        public Endpoint {
            exposedPorts = List.copyOf(exposedPorts);
            aliases = List.copyOf(aliases);
        }
    }

    /** Copies the labels. */
    public ContainerModel {
        labels = Map.copyOf(labels);
    }

    /**
     * The same, reached another way.
     *
     * @param endpoint ports and names
     * @return a changed copy
     */
    public ContainerModel with(Endpoint endpoint) {
        return new ContainerModel(name, image, process, labels, host, endpoint, platform);
    }

    @Override
    public String toString() {
        return "ContainerModel[" + name + ", image=" + image + "]";
    }
}
