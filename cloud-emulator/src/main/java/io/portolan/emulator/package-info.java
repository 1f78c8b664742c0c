/**
 * Clouds on loopback: their endpoints with state, scripted faults and a clock that tests turn, with containers that are simulated or run
 * on Docker.
 */
@NullMarked
package io.portolan.emulator;

import org.jspecify.annotations.NullMarked;
