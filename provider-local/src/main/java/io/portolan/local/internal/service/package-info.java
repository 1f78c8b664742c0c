/**
 * Services on a Docker engine: revisions, replicas, updates without a gap.
 *
 * <p>The truth is kept at the engine, as labelled volumes that hold nothing: one per revision (what was asked for) and one per generation
 * (which revision serves, with how many replicas). Creating a generation is the one step that decides; all others lead to it or follow
 * from it, and can be taken again by any JVM after a crash of the one that began. {@link
 * io.portolan.local.internal.service.ServiceHistory} holds the reasoning, without I/O.
 */
@NullMarked
package io.portolan.local.internal.service;

import org.jspecify.annotations.NullMarked;
