/** The driver: what holds jobs, services, images and logs together. */
@NullMarked
package io.portolan.aws.internal;

import org.jspecify.annotations.NullMarked;
