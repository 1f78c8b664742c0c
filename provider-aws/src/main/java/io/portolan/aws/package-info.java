/**
 * The provider that runs jobs and services on Amazon ECS.
 *
 * <p>Found by the service loader; applications touch only its options.
 */
@NullMarked
package io.portolan.aws;

import org.jspecify.annotations.NullMarked;
