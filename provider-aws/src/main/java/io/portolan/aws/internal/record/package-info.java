/** What AWS keeps of executions for as long as the user wants: their records, and the journal of their attempts. */
@NullMarked
package io.portolan.aws.internal.record;

import org.jspecify.annotations.NullMarked;
