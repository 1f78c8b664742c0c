/** Cloud Logging: what containers write, and the list method with its filter language. */
@NullMarked
package io.portolan.emulator.internal.gcp.logging;

import org.jspecify.annotations.NullMarked;
