/**
 * Configuration: which provider, and its settings, from code, {@code portolan.yaml}, the environment and system properties.
 */
@NullMarked
package io.portolan.config;

import org.jspecify.annotations.NullMarked;
