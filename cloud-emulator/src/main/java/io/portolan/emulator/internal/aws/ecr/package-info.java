/** ECR: repositories, and their images in a real registry or in memory. */
@NullMarked
package io.portolan.emulator.internal.aws.ecr;

import org.jspecify.annotations.NullMarked;
