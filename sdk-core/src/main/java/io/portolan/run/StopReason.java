package io.portolan.run;

/** Why we asked an attempt to stop. Providers keep it with the attempt, so that any other JVM reads the end right. */
public enum StopReason {
    /** The user cancelled the execution. */
    CANCELLED,
    /** The attempt ran longer than the job allows. */
    TIMEOUT
}
