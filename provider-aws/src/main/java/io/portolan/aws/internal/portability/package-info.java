/** What becomes of a spec on AWS, known offline: findings and native requests. */
@NullMarked
package io.portolan.aws.internal.portability;

import org.jspecify.annotations.NullMarked;
