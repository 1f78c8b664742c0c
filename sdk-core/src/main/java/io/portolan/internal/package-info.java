/** What the engines share. Not exported. */
@NullMarked
package io.portolan.internal;

import org.jspecify.annotations.NullMarked;
