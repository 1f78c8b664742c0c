package io.portolan.spi;

/** Jobs in one of two shapes: the platform runs whole executions ({@link ManagedJobs}), or single attempts ({@link TaskLauncher}). */
public sealed interface JobDriver permits TaskLauncher, ManagedJobs {}
