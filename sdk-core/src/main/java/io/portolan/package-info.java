/**
 * What a user touches first: the connection to one provider, and its jobs, services and images.
 *
 * <p>Called by applications. Implemented here; providers implement the interfaces of the provider package instead.
 */
@NullMarked
package io.portolan;

import org.jspecify.annotations.NullMarked;
