/** Services on a Docker engine. */
@NullMarked
package io.portolan.local.internal.service;

import org.jspecify.annotations.NullMarked;
