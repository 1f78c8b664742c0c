/** Services of Cloud Run: revisions, the containers that serve them, and the traffic between them. */
@NullMarked
package io.portolan.emulator.internal.gcp.run.service;

import org.jspecify.annotations.NullMarked;
