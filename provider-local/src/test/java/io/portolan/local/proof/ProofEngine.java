package io.portolan.local.proof;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.id.ProviderId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The engine as it is, asked without the SDK, in the scope of one application. */
final class ProofEngine implements AutoCloseable {
    private static final String APPLICATION = "io.portolan.application";

    private final String application;
    private final DockerClient client;

    ProofEngine(String application) {
        this.application = application;
        DefaultDockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        this.client = DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .build());
    }

    /** A scope of its own, which is cleaned when this is closed. */
    static ProofEngine forNewApplication() {
        return new ProofEngine("proof-" + Long.toString(System.nanoTime() & Long.MAX_VALUE, 36));
    }

    /** A connection of the SDK in this scope. */
    Cloud connect() {
        return Cloud.connect(config());
    }

    CloudConfig config() {
        return CloudConfig.builder(ProviderId.LOCAL).application(application).build();
    }

    String application() {
        return application;
    }

    DockerClient client() {
        return client;
    }

    /** The labels that everything of the application has. */
    Map<String, String> labels() {
        return Map.of(APPLICATION, application);
    }

    List<Container> containers() {
        return client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(labels())
                .exec();
    }

    /** Everything that carries the label of the application: kind and name. */
    Set<String> owned() {
        Set<String> owned = new TreeSet<>();
        containers().forEach(c -> owned.add("container " + String.join(",", c.getNames())));
        client.listVolumesCmd()
                .withFilter("label", List.of(APPLICATION + "=" + application))
                .exec()
                .getVolumes()
                .forEach(v -> owned.add("volume " + v.getName()));
        client.listNetworksCmd()
                .withFilter("label", List.of(APPLICATION + "=" + application))
                .exec()
                .forEach(n -> owned.add("network " + n.getName()));
        return owned;
    }

    /** The files of a named volume of the user: name to content. */
    Map<String, String> files(String volume) {
        String script = "cd /v && for f in *; do [ -f \"$f\" ] && echo \"$f $(cat \"$f\")\"; done; true";
        String id = client.createContainerCmd(ProofImage.prepare(client))
                .withCmd("sh", "-c", script)
                .withHostConfig(HostConfig.newHostConfig()
                        .withNetworkMode("none")
                        .withBinds(new Bind(application + "_" + volume, new Volume("/v"))))
                .exec()
                .getId();
        try {
            client.startContainerCmd(id).exec();
            client.waitContainerCmd(id).exec(new WaitContainerResultCallback()).awaitStatusCode();
            return output(id)
                    .lines()
                    .collect(Collectors.toMap(
                            l -> l.substring(0, l.indexOf(' ')), l -> l.substring(l.indexOf(' ') + 1)));
        } finally {
            client.removeContainerCmd(id).withForce(true).exec();
        }
    }

    private String output(String id) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            client.logContainerCmd(id)
                    .withStdOut(true)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            output.writeBytes(frame.getPayload());
                        }
                    })
                    .awaitCompletion();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    /** Removes all that is left of the application, so that a test that failed leaves nothing behind. */
    void clean() {
        for (Container container : containers()) {
            quietly(() -> client.removeContainerCmd(container.getId())
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec());
        }
        for (String name : names("volume ")) {
            quietly(() -> client.removeVolumeCmd(name).exec());
        }
        for (String name : names("network ")) {
            quietly(() -> client.removeNetworkCmd(name).exec());
        }
    }

    private List<String> names(String kind) {
        List<String> names = new ArrayList<>();
        owned().stream().filter(o -> o.startsWith(kind)).forEach(o -> names.add(o.substring(kind.length())));
        return names;
    }

    private static void quietly(Runnable removal) {
        try {
            removal.run();
        } catch (NotFoundException | NotModifiedException gone) {
            return;
        }
    }

    @Override
    public void close() {
        clean();
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
