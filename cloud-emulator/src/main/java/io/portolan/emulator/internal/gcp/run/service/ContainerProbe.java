package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.ContainerRuntime.TaskContainers;
import io.portolan.emulator.internal.relay.HealthProbe;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What one probe of a container asks. A gRPC probe is passed by a server that takes the connection.
 *
 * @param json the probe
 * @param container its name
 * @param defaultPort where the probe names none
 */
record ContainerProbe(JsonNode json, String container, int defaultPort) {
    private static final HealthProbe HEALTH = new HealthProbe();

    /** The port that is asked. */
    int port() {
        for (String kind : new String[] {"httpGet", "tcpSocket", "grpc"}) {
            int port = json.path(kind).path("port").asInt();
            if (port > 0) {
                return port;
            }
        }
        return defaultPort;
    }

    CompletionStage<Boolean> ask(TaskContainers runtime) {
        Optional<Boolean> scripted = runtime.scriptedHealth(container);
        if (scripted.isPresent()) {
            return CompletableFuture.completedFuture(scripted.get());
        }
        Optional<String> address = runtime.address(container, port());
        if (address.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        return json.has("httpGet")
                ? HEALTH.get(address.get(), json.path("httpGet").path("path").asText("/"))
                : HEALTH.connect(address.get());
    }

    int initialDelay() {
        return json.path("initialDelaySeconds").asInt();
    }

    int timeout() {
        return Math.max(1, json.path("timeoutSeconds").asInt());
    }

    int period() {
        int period = json.path("periodSeconds").asInt();
        return period == 0 ? 10 : period;
    }

    int failureThreshold() {
        int threshold = json.path("failureThreshold").asInt();
        return threshold == 0 ? 3 : threshold;
    }

    /** How long a container has to pass a startup probe. */
    int patience() {
        return initialDelay() + period() * (failureThreshold() - 1) + timeout();
    }

    /** What the log says when a startup probe was not passed in time. */
    String startupFailed() {
        boolean usual = json.has("tcpSocket") && timeout() == ServiceDefaults.STARTUP_SECONDS;
        int times = failureThreshold();
        return (usual ? "Default " : "") + "STARTUP " + kind() + " probe failed " + times
                + (times == 1 ? " time" : " times") + " consecutively for container \"" + container + "\" on port "
                + port() + ". The instance was not started.";
    }

    /** The kind as logs name it. */
    String kind() {
        return json.has("httpGet") ? "HTTP" : json.has("grpc") ? "GRPC" : "TCP";
    }
}
