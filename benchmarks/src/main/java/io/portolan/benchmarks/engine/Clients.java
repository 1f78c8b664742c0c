package io.portolan.benchmarks.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;

/** Makes docker-java clients as its manual says. */
public final class Clients {
    private Clients() {}

    /**
     * A client for the engine that the environment names.
     *
     * @param connections how many calls at once
     * @return a client that the caller closes
     */
    public static DockerClient open(int connections) {
        DockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .maxConnections(connections)
                        .build());
    }
}
