/** Native requests as JSON. */
@NullMarked
package io.portolan.aws.internal.json;

import org.jspecify.annotations.NullMarked;
