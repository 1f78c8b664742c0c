/** The clients of AWS, their errors and request buckets. */
@NullMarked
package io.portolan.aws.internal.client;

import org.jspecify.annotations.NullMarked;
