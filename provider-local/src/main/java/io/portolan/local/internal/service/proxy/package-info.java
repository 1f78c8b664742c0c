/**
 * What stands in front of the replicas of a service: one stable address, and the list of replicas behind it.
 *
 * <p>A {@link io.portolan.local.internal.service.proxy.Route} says what to do; each kind of {@link
 * io.portolan.local.internal.service.proxy.ServiceProxy} does it: HAProxy in a container, which outlives the JVM, or a relay in the JVM.
 * Called by the service driver; knows nothing of revisions, deployments or records.
 */
@NullMarked
package io.portolan.local.internal.service.proxy;

import org.jspecify.annotations.NullMarked;
