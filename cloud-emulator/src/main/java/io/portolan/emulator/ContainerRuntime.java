package io.portolan.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Runs the containers of an emulator. All methods may be called by several threads at once. */
public interface ContainerRuntime extends AutoCloseable {

    /**
     * Makes ready to run containers. Called before anything else.
     *
     * @param clock the emulator's
     */
    void open(EmulatorClock clock);

    /**
     * Makes ready for the containers of one task; starts none.
     *
     * @param task what to run
     * @param listener hears of all that happens, never within a call of this runtime, but perhaps on several threads
     * @return the containers
     */
    TaskContainers create(TaskSpec task, Listener listener);

    /** Removes all that was made. */
    @Override
    void close();

    /** The containers of one task. */
    interface TaskContainers {
        /**
         * Pulls the image of a container and starts it. The listener hears how that went.
         *
         * @param container its name
         */
        void start(String container);

        /**
         * Asks a container to end, and kills it if it does not. The listener hears of the exit.
         *
         * @param container its name
         * @param grace how long it may take
         */
        void stop(String container, Duration grace);

        /** Removes the containers; the listener hears nothing more. */
        void remove();

        /**
         * Where a port of a container is reached from this machine.
         *
         * @param container its name
         * @param port within the container
         * @return host and port, empty if the port was not asked for or the container does not run
         */
        Optional<String> address(String container, int port);

        /**
         * What checks of the health of a container find.
         *
         * @param container its name
         * @return empty if the checks must be made
         */
        default Optional<Boolean> scriptedHealth(String container) {
            return Optional.empty();
        }

        /**
         * Runs a command in a container that runs.
         *
         * @param container its name
         * @param command with its arguments
         * @param limit how long it may take
         * @return whether it ended with 0
         */
        default CompletionStage<Boolean> exec(String container, List<String> command, Duration limit) {
            return CompletableFuture.completedFuture(scriptedHealth(container).orElse(false));
        }
    }

    /** Hears of containers. */
    interface Listener {
        /**
         * A container runs.
         *
         * @param container its name
         * @param runtimeId its id
         * @param imageDigest of its image, null if the image has none
         */
        void running(String container, String runtimeId, @Nullable String imageDigest);

        /**
         * A container has written a line.
         *
         * @param container its name
         * @param stream {@code stdout} or {@code stderr}
         * @param line without the line end
         * @param time when
         */
        void output(String container, String stream, byte[] line, Instant time);

        /**
         * A container has ended, and all its output was reported.
         *
         * @param container its name
         * @param exitCode its exit code
         * @param oomKilled whether it used too much memory
         */
        void exited(String container, int exitCode, boolean oomKilled);

        /**
         * A container could not be started.
         *
         * @param container its name
         * @param failure what failed
         * @param message the runtime's words
         */
        void startFailed(String container, StartFailure failure, String message);
    }

    /** Why a container could not be started. */
    enum StartFailure {
        /** There is no such image. */
        IMAGE_NOT_FOUND,
        /** The command cannot be run. */
        BAD_COMMAND,
        /** Anything else. */
        OTHER
    }

    /**
     * A group of containers that live and end together.
     *
     * @param id of the task, unique
     * @param network by which tasks reach one another by alias, null for the emulator's one
     * @param cpuUnits 1024 for a vCPU, 0 for no limit
     * @param memoryMiB 0 for no limit
     * @param containers at least one
     */
    record TaskSpec(
            String id, @Nullable String network, int cpuUnits, long memoryMiB, List<ContainerSpec> containers) {}

    /**
     * One container.
     *
     * @param name within the task
     * @param image reference
     * @param entryPoint null for the image's
     * @param command null for the image's
     * @param environment with the values of secrets
     * @param user null for the image's
     * @param workingDirectory null for the image's
     * @param readOnly whether the root file system is
     * @param init whether an init process reaps children
     * @param cpuUnits 1024 for a vCPU, 0 for no limit
     * @param memoryMiB 0 for no limit
     * @param tmpfs options by path
     * @param mounts of volumes
     * @param files contents by path, such as secrets
     * @param ports that are to be reached from outside
     * @param aliases names by which other tasks on the network reach it
     */
    record ContainerSpec(
            String name,
            String image,
            @Nullable List<String> entryPoint,
            @Nullable List<String> command,
            Map<String, String> environment,
            @Nullable String user,
            @Nullable String workingDirectory,
            boolean readOnly,
            boolean init,
            int cpuUnits,
            long memoryMiB,
            Map<String, String> tmpfs,
            List<Mount> mounts,
            Map<String, String> files,
            List<Integer> ports,
            List<String> aliases) {

        /** The environment may hold secrets, so only its names are told. */
        @Override
        public String toString() {
            return "ContainerSpec[name=" + name + ", image=" + image + ", environment=" + environment.keySet() + "]";
        }
    }

    /**
     * A volume in a container.
     *
     * @param volume its name; it is made where it is not there, and kept until the runtime closes
     * @param path where it is mounted
     * @param readOnly whether the container may not write
     */
    record Mount(String volume, String path, boolean readOnly) {}
}
