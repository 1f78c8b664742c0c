package io.portolan.emulator.internal;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.extension.Extension;
import io.portolan.emulator.EmulatedCloud;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.AwsProtocol;
import io.portolan.emulator.internal.aws.JsonService;
import io.portolan.emulator.internal.aws.autoscaling.AutoScalingService;
import io.portolan.emulator.internal.aws.ecr.EcrService;
import io.portolan.emulator.internal.aws.ecs.EcsService;
import io.portolan.emulator.internal.aws.ecs.service.EcsServices;
import io.portolan.emulator.internal.aws.logs.LogsService;
import io.portolan.emulator.internal.relay.TargetGroups;
import java.util.List;

/** AWS: all its services on one address. */
public final class AwsCloud implements EmulatedCloud {
    private final TargetGroups targetGroups = new TargetGroups();
    private final AwsEmulator controls = new AwsEmulator(targetGroups::declare);
    private List<JsonService> services = List.of();

    /** For the service loader. */
    public AwsCloud() {}

    @Override
    public void open(Environment environment) {
        LogsService logs = new LogsService(controls, environment.clock());
        EcsService ecs = new EcsService(controls, environment.clock(), environment.containers(), logs);
        EcsServices.addTo(ecs, targetGroups);
        services = List.of(
                ecs,
                logs,
                new EcrService(environment.clock(), environment.registry()),
                new AutoScalingService(environment.clock()));
    }

    @Override
    public List<Extension> extensions() {
        return List.of(new AwsProtocol(controls, services));
    }

    @Override
    public List<MappingBuilder> mappings() {
        return List.of(post(urlEqualTo("/")).willReturn(aResponse().withTransformers(AwsProtocol.NAME)));
    }

    @Override
    public Object controls() {
        return controls;
    }

    @Override
    public void close() {
        // The containers are removed with their runtime.
        targetGroups.close();
    }
}
