package io.portolan.local.internal;

import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.local.internal.service.LocalServiceDriver;
import io.portolan.run.OwnedResource;
import io.portolan.run.PruneReport;
import java.util.ArrayList;
import java.util.List;

/** Removes what is finished or orphaned. */
final class Pruner {
    private final DockerEngine engine;
    private final String application;
    private final LocalServiceDriver services;

    Pruner(DockerEngine engine, String application, LocalServiceDriver services) {
        this.engine = engine;
        this.application = application;
        this.services = services;
    }

    PruneReport prune(boolean dryRun) {
        List<OwnedResource> candidates = new ArrayList<>(services.leftovers());
        return new PruneReport(dryRun ? candidates : List.of(), List.of(engine + application));
    }
}
