/** Google Cloud as tests see it: its faults, its calls, its discovery documents. */
@NullMarked
package io.portolan.emulator.gcp;

import org.jspecify.annotations.NullMarked;
