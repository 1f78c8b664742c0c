/** The choices that options of a spec have. */
@NullMarked
package io.portolan.aws.option;

import org.jspecify.annotations.NullMarked;
