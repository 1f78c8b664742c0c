package io.portolan.local.internal;

import com.github.dockerjava.api.DockerClient;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.local.internal.image.LocalImageDriver;
import io.portolan.local.internal.job.LocalTaskLauncher;
import io.portolan.local.internal.log.LocalLogDriver;
import io.portolan.local.internal.service.LocalServiceDriver;
import io.portolan.run.OwnedResource;
import io.portolan.run.PruneReport;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ImageDriver;
import io.portolan.spi.JobDriver;
import io.portolan.spi.LogDriver;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.ServiceDriver;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An open connection to an engine: hands out one driver for each concern, made when first asked for. Thread-safe. */
public final class LocalDriver implements CloudDriver {
    private final ProviderConfig config;
    private final DriverContext context;
    private final DockerEngine engine;
    private @Nullable LocalTaskLauncher jobs;
    private @Nullable LocalServiceDriver services;
    private @Nullable LocalLogDriver logs;
    private @Nullable LocalImageDriver images;

    /**
     * A driver that has not called the engine yet.
     *
     * @param config the settings
     * @param context clock and threads
     */
    public LocalDriver(ProviderConfig config, DriverContext context) {
        this.config = config;
        this.context = context;
        this.engine = new DockerEngine(config, context);
    }

    @Override
    public JobDriver jobs() {
        return launcher();
    }

    @Override
    public ServiceDriver services() {
        return serviceDriver();
    }

    @Override
    public synchronized LogDriver logs() {
        if (logs == null) {
            logs = new LocalLogDriver(engine, config);
        }
        return logs;
    }

    @Override
    public synchronized ImageDriver images() {
        if (images == null) {
            images = new LocalImageDriver(engine, config, context);
        }
        return images;
    }

    @Override
    public List<OwnedResource> list() {
        return new OwnedObjects(engine, config.application()).list();
    }

    @Override
    public PruneReport prune(boolean dryRun) {
        OwnedObjects objects = new OwnedObjects(engine, config.application());
        return new Pruner(objects, launcher(), serviceDriver().leftovers(), context.clock()).prune(dryRun);
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return type == DockerClient.class ? Optional.of(type.cast(engine.client())) : Optional.empty();
    }

    @Override
    public synchronized void close() {
        if (services != null) {
            services.close();
        }
        if (images != null) {
            images.close();
        }
        if (jobs != null) {
            jobs.close();
        }
        engine.close();
    }

    private synchronized LocalTaskLauncher launcher() {
        if (jobs == null) {
            jobs = new LocalTaskLauncher(engine, config, context);
        }
        return jobs;
    }

    private synchronized LocalServiceDriver serviceDriver() {
        if (services == null) {
            services = new LocalServiceDriver(engine, config, context);
        }
        return services;
    }
}
