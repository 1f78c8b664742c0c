/**
 * The entry: {@link io.portolan.Cloud} and what it offers, {@link io.portolan.Jobs}, {@link io.portolan.Services} and {@link
 * io.portolan.Images}. What a user touches first.
 */
@NullMarked
package io.portolan;

import org.jspecify.annotations.NullMarked;
