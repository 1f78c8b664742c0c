/** What would be done before it is done: the exact native requests, the difference to what is deployed, and every finding. */
@NullMarked
package io.portolan.plan;

import org.jspecify.annotations.NullMarked;
