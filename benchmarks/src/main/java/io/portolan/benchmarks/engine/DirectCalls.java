package io.portolan.benchmarks.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import io.portolan.benchmarks.rounds.Contender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The reference: create, start, wait and remove, called on docker-java by hand. */
public final class DirectCalls implements Contender {
    private final DockerClient client;
    private final NoOp work;
    private final boolean logs;

    /**
     * Calls over one client.
     *
     * @param work what to run
     * @param logs whether to read the output too
     * @param connections how many calls at once
     */
    public DirectCalls(NoOp work, boolean logs, int connections) {
        this.client = Clients.open(connections);
        this.work = work;
        this.logs = logs;
    }

    @Override
    public String name() {
        return logs ? "docker-java with logs" : "docker-java";
    }

    @Override
    public void once() throws Exception {
        String id = client.createContainerCmd(work.image())
                .withCmd(work.command())
                .withLabels(Map.of(NoOp.LABEL, work.owner()))
                .withHostConfig(HostConfig.newHostConfig()
                        .withNanoCPUs(NoOp.CPU_NANOS)
                        .withMemory(NoOp.MEMORY)
                        .withMemorySwap(NoOp.MEMORY)
                        .withPidsLimit(NoOp.PIDS))
                .exec()
                .getId();
        client.startContainerCmd(id).exec();
        int code = client.waitContainerCmd(id)
                .exec(new WaitContainerResultCallback())
                .awaitStatusCode();
        if (code != 0) {
            throw new IllegalStateException("container ended with exit code " + code);
        }
        if (logs) {
            requireLine(id);
        }
        client.removeContainerCmd(id).exec();
    }

    private void requireLine(String id) throws InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        client.logContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .exec(new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        output.writeBytes(frame.getPayload());
                    }
                })
                .awaitCompletion();
        String text = output.toString(StandardCharsets.UTF_8).strip();
        if (!text.equals(NoOp.LINE)) {
            throw new IllegalStateException("container wrote '" + text + "'");
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
