package io.portolan.portability;

/**
 * What a provider can do. Data, usable offline; the conformance suite proves each capability and each lack. New ones may be added: a
 * provider that does not name it does not have it.
 */
public enum Capability {
    /** Jobs with one task. */
    JOBS("jobs"),
    /** Jobs with several tasks in parallel. */
    PARALLEL_TASKS("parallel tasks"),
    /** Retries of single tasks. */
    TASK_RETRIES("task retries"),
    /** A time limit of each attempt. */
    TASK_TIMEOUT("task timeout"),
    /** Cancelling an execution. */
    JOB_CANCEL("cancel"),
    /** Services with an endpoint. */
    SERVICES("services"),
    /** Changing the number of replicas. */
    SERVICE_SCALE("scale"),
    /** Going back to an earlier revision. */
    SERVICE_ROLLBACK("rollback"),
    /** Splitting traffic between revisions. */
    TRAFFIC_SPLIT("traffic split"),
    /** Replicas that follow the load. */
    AUTOSCALING("autoscaling"),
    /** No replica while there is no load. */
    SCALE_TO_ZERO("scale to zero"),
    /** An update during which the service answers. */
    ZERO_DOWNTIME_UPDATE("zero-downtime update"),
    /** Services that reach each other by name. */
    SERVICE_DISCOVERY("service discovery"),
    /** Liveness probes. */
    LIVENESS_PROBE("liveness probe"),
    /** Probes that run a command in the container. */
    EXEC_PROBE("exec probe"),
    /** Building from a Dockerfile. */
    DOCKERFILE_BUILD("Dockerfile build"),
    /** Building files and Java applications. */
    FILES_BUILD("files and Java build"),
    /** Publishing images to a registry. */
    IMAGE_PUBLISH("image publish"),
    /** Following logs. */
    LOG_FOLLOW("log follow"),
    /** Reading logs from a cursor on. */
    LOG_RESUME("log resume"),
    /** Secrets as environment variables. */
    SECRET_ENV("secrets as variables"),
    /** Secrets as files. */
    SECRET_FILES("secrets as files"),
    /** Named volumes. */
    NAMED_VOLUMES("named volumes"),
    /** Directories of the engine's machine. */
    HOST_DIRECTORIES("host directories"),
    /** Volumes in memory. */
    IN_MEMORY_VOLUMES("in-memory volumes"),
    /** GPUs. */
    GPU("GPU"),
    /** Images for ARM64. */
    ARM64("ARM64"),
    /** A limit of the writable layer. */
    EPHEMERAL_STORAGE("ephemeral storage limit"),
    /** A read-only root file system. */
    READ_ONLY_ROOT("read-only root"),
    /** An init process. */
    INIT_PROCESS("init process"),
    /** Another user than the image's. */
    RUN_AS_USER("run as user"),
    /** A grace period of the user's choice. */
    STOP_GRACE_PERIOD("stop grace period");

    private final String title;

    Capability(String title) {
        this.title = title;
    }

    /**
     * What tables and messages call it.
     *
     * @return a few words
     */
    public String title() {
        return title;
    }
}
