/**
 * Names of things that every other package needs: which provider, which execution.
 *
 * <p>Called by users and by providers; nothing here does I/O and nothing here depends on another package.
 */
@NullMarked
package io.portolan.id;

import org.jspecify.annotations.NullMarked;
