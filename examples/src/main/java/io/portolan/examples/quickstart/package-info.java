/**
 * The main example: a data job and a service, from the sources to a zero-downtime update, on the Docker engine of this machine.
 *
 * <p>{@code ./quickstart} runs it. {@link io.portolan.examples.quickstart.Quickstart} is the order of the steps; one class for each step shows
 * how it is written with Portolan.
 */
@NullMarked
package io.portolan.examples.quickstart;

import org.jspecify.annotations.NullMarked;
