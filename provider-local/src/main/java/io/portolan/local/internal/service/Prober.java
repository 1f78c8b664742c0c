package io.portolan.local.internal.service;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.concurrent.Waiting;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.local.internal.service.proxy.Loopback;
import io.portolan.spec.Probe;
import io.portolan.spec.ServiceSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks replicas how they are. */
final class Prober {
    private static final int OK = 200;
    private static final int FIRST_ERROR = 400;

    private final DockerEngine engine;

    Prober(DockerEngine engine) {
        this.engine = engine;
    }

    /**
     * Asks once.
     *
     * @param spec the service
     * @param probe what to ask
     * @param replica a running replica
     * @return null if it passes, else why not
     */
    @Nullable
    String check(ServiceSpec spec, Probe probe, Replica replica) {
        if (probe.check() instanceof Probe.Exec exec) {
            return command(exec, probe.timeout(), replica);
        }
        if (replica.hostPort() == 0) {
            return "its port is not published yet";
        }
        try {
            if (probe.check() instanceof Probe.HttpGet get) {
                String host = spec.name() + ":" + spec.port().number();
                int status = Loopback.status(replica.hostPort(), get.path(), host, probe.timeout());
                return status >= OK && status < FIRST_ERROR ? null : "GET " + get.path() + " answered " + status;
            }
            Loopback.connects(replica.hostPort(), probe.timeout());
            return null;
        } catch (IOException e) {
            String what = probe.check() instanceof Probe.HttpGet get ? "GET " + get.path() : "connection";
            return what + " on port " + spec.port().number() + ": " + e.getMessage();
        }
    }

    private @Nullable String command(Probe.Exec exec, Duration timeout, Replica replica) {
        String container = replica.containerId();
        String name = String.join(" ", exec.command());
        try {
            String id = engine.change(
                            "create exec",
                            container,
                            client -> client.execCreateCmd(container)
                                    .withCmd(exec.command().toArray(String[]::new))
                                    .withAttachStdout(true)
                                    .withAttachStderr(true)
                                    .exec())
                    .getId();
            if (!ended(id, timeout)) {
                return "command '" + name + "' did not end within " + timeout.toMillis() + " ms";
            }
            Long code = engine.read(
                            "inspect exec",
                            container,
                            client -> client.inspectExecCmd(id).exec())
                    .getExitCodeLong();
            return code != null && code == 0 ? null : "command '" + name + "' ended with exit code " + code;
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.CANCELLED || e.isRetryable()) {
                throw e;
            }
            return "command '" + name + "': " + e.getMessage();
        }
    }

    private boolean ended(String exec, Duration timeout) {
        return engine.stream("run probe", exec, client -> {
            try (ResultCallback.Adapter<Frame> end = client.execStartCmd(exec).exec(new ResultCallback.Adapter<>())) {
                return end.awaitCompletion(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Waiting.cancelled();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }
}
