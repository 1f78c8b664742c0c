/**
 * What a user wants to run: immutable specs of jobs and services, and the values they are made of.
 *
 * <p>No I/O and no provider knowledge. {@code build()} checks the structural rules and reports every violation at once in one {@link
 * io.portolan.error.InvalidSpecException}; what one provider cannot do is not a violation but a finding of its portability report.
 */
@NullMarked
package io.portolan.spec;

import org.jspecify.annotations.NullMarked;
