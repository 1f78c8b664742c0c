/**
 * What runs inside the containers of the quickstart: a job that aggregates daily weather observations part by part, a job that merges the
 * parts, and a service that serves the result.
 *
 * <p>Plain Java without any dependency, the SDK included: a container needs to know nothing about Portolan. Its place among the tasks comes
 * from {@code CLOUD_RUN_TASK_INDEX} and its siblings, its port from {@code PORT}, on every provider.
 */
@NullMarked
package io.portolan.examples.weather;

import org.jspecify.annotations.NullMarked;
