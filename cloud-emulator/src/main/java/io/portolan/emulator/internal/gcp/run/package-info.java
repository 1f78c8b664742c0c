/** Cloud Run: one API that its jobs and services share. */
@NullMarked
package io.portolan.emulator.internal.gcp.run;

import org.jspecify.annotations.NullMarked;
