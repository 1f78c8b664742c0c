package io.portolan.emulator.internal.aws.ecs;

/** Why a task stops, as the API calls it. */
public final class StopCodes {
    /** It never ran. */
    public static final String FAILED_TO_START = "TaskFailedToStart";

    /** A container that it cannot do without has ended. */
    public static final String CONTAINER_EXITED = "EssentialContainerExited";

    /** StopTask was called. */
    public static final String USER = "UserInitiated";

    /** Its service has no need for it. */
    public static final String SERVICE = "ServiceSchedulerInitiated";

    /** Its capacity was taken away. */
    public static final String SPOT = "SpotInterruption";

    /** Its host failed. */
    public static final String INFRASTRUCTURE = "InfrastructureHealth";

    private StopCodes() {}
}
