/** Application Auto Scaling: what is to be scaled and how. Nothing is scaled. */
@NullMarked
package io.portolan.emulator.internal.aws.autoscaling;

import org.jspecify.annotations.NullMarked;
