/** What jobs and services of Cloud Run have in common in their templates. */
@NullMarked
package io.portolan.emulator.internal.gcp.run.template;

import org.jspecify.annotations.NullMarked;
