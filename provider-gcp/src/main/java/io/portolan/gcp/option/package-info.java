/** The choices that options of a spec have. */
@NullMarked
package io.portolan.gcp.option;

import org.jspecify.annotations.NullMarked;
