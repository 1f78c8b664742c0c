package io.portolan.gcp.internal;

import io.portolan.run.OwnedResource;
import io.portolan.run.PruneReport;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What one concern has at Google Cloud for the application.
 *
 * @param list everything
 * @param prune removes what is over; true to report only
 */
public record OwnedObjects(Supplier<List<OwnedResource>> list, Function<Boolean, PruneReport> prune) {}
