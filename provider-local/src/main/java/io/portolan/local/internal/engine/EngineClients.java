package io.portolan.local.internal.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes docker-java clients. */
final class EngineClients {
    private static final Logger LOG = LoggerFactory.getLogger(EngineClients.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private EngineClients() {}

    static DockerClient open(EngineAddress address, @Nullable ApiVersion version, int connections) {
        EngineClientConfig config = new EngineClientConfig(address, version);
        ZerodepDockerHttpClient.Builder http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(address.host())
                .maxConnections(connections)
                .connectionTimeout(CONNECT_TIMEOUT);
        if (address.certificates() != null) {
            http.sslConfig(new LocalDirectorySSLConfig(address.certificates().toString()));
        }
        return DockerClientImpl.getInstance(config, http.build());
    }

    static void close(DockerClient client) {
        try {
            client.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Docker client did not close cleanly: {}", e.toString());
        }
    }
}
