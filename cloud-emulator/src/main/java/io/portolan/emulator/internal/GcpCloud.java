package io.portolan.emulator.internal;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.extension.Extension;
import io.portolan.emulator.EmulatedCloud;
import io.portolan.emulator.gcp.GcpEmulator;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.GcpProtocol;
import io.portolan.emulator.internal.gcp.RestService;
import io.portolan.emulator.internal.gcp.artifact.ArtifactRegistryService;
import io.portolan.emulator.internal.gcp.logging.LoggingService;
import io.portolan.emulator.internal.gcp.run.RunService;
import io.portolan.emulator.internal.gcp.run.job.CloudRunJobs;
import io.portolan.emulator.internal.gcp.run.service.CloudRunServices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Google Cloud: all its APIs on one address. */
public final class GcpCloud implements EmulatedCloud {
    // Docker registries answer below /v2/ too, but not on this address.
    private static final String PATHS = "/(v1/projects|v2/projects|v2/entries).*";

    private final GcpEmulator controls = new GcpEmulator();
    private List<RestService> services = List.of();
    private @Nullable CloudRunServices cloudRunServices;

    /** For the service loader. */
    public GcpCloud() {}

    @Override
    public void open(Environment environment) {
        GcpContext context = new GcpContext(controls, environment.clock());
        RunService run = new RunService(context);
        LoggingService logs = new LoggingService(context);
        CloudRunJobs.addTo(run, context, environment.containers(), logs);
        cloudRunServices = CloudRunServices.addTo(run, context, environment.containers(), logs);
        services = List.of(run, logs, new ArtifactRegistryService(context, environment.registry()));
    }

    @Override
    public List<Extension> extensions() {
        return List.of(new GcpProtocol(controls, services));
    }

    @Override
    public List<MappingBuilder> mappings() {
        return List.of(any(urlMatching(PATHS)).willReturn(aResponse().withTransformers(GcpProtocol.NAME)));
    }

    @Override
    public Object controls() {
        return controls;
    }

    @Override
    public void close() {
        // The containers are removed with their runtime.
        CloudRunServices opened = cloudRunServices;
        if (opened != null) {
            opened.close();
        }
    }
}
