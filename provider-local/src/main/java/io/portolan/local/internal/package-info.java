/** The driver of the local provider: brings jobs, services, logs and images together, and lists and prunes what they made. */
@NullMarked
package io.portolan.local.internal;

import org.jspecify.annotations.NullMarked;
