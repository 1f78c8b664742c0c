package io.portolan.local.internal.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import java.nio.charset.StandardCharsets;

/** One container, run to its end. */
final class Run implements AutoCloseable {
    private final DockerClient docker;
    private final String id;

    Run(DockerClient docker, String image, String... command) {
        this.docker = docker;
        this.id = docker.createContainerCmd(image)
                .withCmd(command)
                .withHostConfig(HostConfig.newHostConfig().withNetworkMode("none"))
                .exec()
                .getId();
    }

    String output() {
        StringBuilder text = new StringBuilder();
        docker.startContainerCmd(id).exec();
        try {
            docker.waitContainerCmd(id).start().awaitStatusCode();
            docker.logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                        }
                    })
                    .awaitCompletion();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return text.toString().strip();
    }

    @Override
    public void close() {
        docker.removeContainerCmd(id).withForce(true).exec();
    }
}
