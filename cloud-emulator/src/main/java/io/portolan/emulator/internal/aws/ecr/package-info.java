/** Elastic Container Registry. */
@NullMarked
package io.portolan.emulator.internal.aws.ecr;

import org.jspecify.annotations.NullMarked;
