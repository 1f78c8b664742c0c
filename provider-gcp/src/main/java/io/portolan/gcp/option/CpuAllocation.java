package io.portolan.gcp.option;

/** When a replica of a service has its CPU. */
public enum CpuAllocation {
    /** As long as it runs, so that work in the background goes on; billed by the time of instances. */
    ALWAYS,
    /** While it starts, answers or stops only; billed by requests. Needed for less than one CPU. */
    REQUESTS
}
