/** The difference between two specs. */
@NullMarked
package io.portolan.internal.plan;

import org.jspecify.annotations.NullMarked;
