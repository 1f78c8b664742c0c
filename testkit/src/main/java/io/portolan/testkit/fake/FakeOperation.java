package io.portolan.testkit.fake;

/** The calls that a provider can get, to count them and to script faults for them. */
public enum FakeOperation {
    /** {@code TaskLauncher.claim}. */
    CLAIM,
    /** {@code find} of both job shapes. */
    FIND,
    /** {@code executions} of both job shapes. */
    EXECUTIONS,
    /** {@code TaskLauncher.markCancelled}. */
    MARK_CANCELLED,
    /** {@code TaskLauncher.list}. */
    LIST,
    /** {@code TaskLauncher.launch}. */
    LAUNCH,
    /** {@code describe} of both job shapes. */
    DESCRIBE,
    /** {@code TaskLauncher.stop}. */
    STOP,
    /** {@code delete} of both job shapes. */
    DELETE,
    /** {@code ManagedJobs.start}. */
    START,
    /** {@code ManagedJobs.cancel}. */
    CANCEL,
    /** {@code ServiceDriver.deploy}. */
    DEPLOY,
    /** {@code ServiceDriver.describe}. */
    DESCRIBE_SERVICE,
    /** {@code ServiceDriver.document}. */
    SERVICE_DOCUMENT,
    /** {@code ServiceDriver.services}. */
    SERVICES,
    /** {@code ServiceDriver.scale}. */
    SCALE,
    /** {@code ServiceDriver.rollback}. */
    ROLLBACK,
    /** {@code ServiceDriver.delete}. */
    DELETE_SERVICE,
    /** {@code LogDriver.readTask}. */
    READ_TASK_LOG,
    /** {@code LogDriver.serviceSources}. */
    SERVICE_LOG_SOURCES,
    /** {@code LogDriver.readService}. */
    READ_SERVICE_LOG,
    /** {@code ImageDriver.build}. */
    BUILD,
    /** {@code ImageDriver.publish}. */
    PUBLISH,
    /** {@code ImageDriver.push}. */
    PUSH,
    /** {@code ImageDriver.pull}. */
    PULL,
    /** {@code ImageDriver.tag}. */
    TAG,
    /** {@code ImageDriver.resolve}. */
    RESOLVE,
    /** {@code CloudDriver.validate}. */
    VALIDATE,
    /** {@code CloudDriver.list}. */
    LIST_OWNED,
    /** {@code CloudDriver.prune}. */
    PRUNE
}
