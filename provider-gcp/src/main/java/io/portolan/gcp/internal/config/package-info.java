/** The settings of the provider, and the options of a spec over them. */
@NullMarked
package io.portolan.gcp.internal.config;

import org.jspecify.annotations.NullMarked;
