/** AWS as tests see it: its faults, its calls, its official models. */
@NullMarked
package io.portolan.emulator.aws;

import org.jspecify.annotations.NullMarked;
