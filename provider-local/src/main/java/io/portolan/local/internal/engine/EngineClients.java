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

    /**
     * A client.
     *
     * @param address where the engine is
     * @param version what to speak, null for the engine's newest
     * @param connections how many at most
     * @param limit how long the engine may be silent, null for ever. Holds for TCP only: Unix sockets of the JDK know no such limit, but they
     *     can be interrupted, which TCP sockets cannot ({@link CallTimeout})
     */
    static DockerClient open(
            EngineAddress address, @Nullable ApiVersion version, int connections, @Nullable Duration limit) {
        EngineClientConfig config = new EngineClientConfig(address, version);
        ZerodepDockerHttpClient.Builder http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(address.host())
                .maxConnections(connections)
                .connectionTimeout(CONNECT_TIMEOUT);
        if (limit != null && address.host().getScheme().equals("tcp")) {
            http.responseTimeout(limit);
        }
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
