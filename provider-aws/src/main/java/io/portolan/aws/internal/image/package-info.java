/** Images: built without an engine, and kept in Amazon ECR. */
@NullMarked
package io.portolan.aws.internal.image;

import org.jspecify.annotations.NullMarked;
