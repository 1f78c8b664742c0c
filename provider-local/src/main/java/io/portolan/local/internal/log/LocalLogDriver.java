package io.portolan.local.internal.log;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.run.LogSource;
import io.portolan.spi.LogDriver;
import io.portolan.spi.LogPage;
import io.portolan.spi.ProviderConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads logs. */
public final class LocalLogDriver implements LogDriver {
    private final DockerEngine engine;

    /** A log driver. */
    public LocalLogDriver(DockerEngine engine, ProviderConfig config) {
        this.engine = engine;
    }

    @Override
    public LogPage readTask(ExecutionId execution, LogSource source, @Nullable String after, int limit) {
        throw new PortolanException(ErrorCode.UNSUPPORTED, "Logs are not there yet on " + engine);
    }

    @Override
    public List<LogSource> serviceSources(String service) {
        throw new PortolanException(ErrorCode.UNSUPPORTED, "Logs are not there yet on " + engine);
    }

    @Override
    public LogPage readService(String service, LogSource source, @Nullable String after, int limit) {
        throw new PortolanException(ErrorCode.UNSUPPORTED, "Logs are not there yet on " + engine);
    }
}
