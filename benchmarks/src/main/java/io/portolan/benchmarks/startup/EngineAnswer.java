package io.portolan.benchmarks.startup;

import com.github.dockerjava.api.DockerClient;
import io.portolan.Cloud;
import io.portolan.benchmarks.engine.Clients;
import io.portolan.config.CloudConfig;
import io.portolan.id.ProviderId;
import java.io.IOException;
import java.util.Map;

/** Asks the engine for the containers of an application. */
final class EngineAnswer {
    private EngineAnswer() {}

    static int ofSdk(String application) {
        CloudConfig config =
                CloudConfig.builder(ProviderId.LOCAL).application(application).build();
        try (Cloud cloud = Cloud.connect(config)) {
            return cloud.list().size();
        }
    }

    static int ofDockerJava(String application) throws IOException {
        try (DockerClient client = Clients.open(4)) {
            return client.listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(Map.of("io.portolan.application", application))
                    .exec()
                    .size();
        }
    }
}
