package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.ContainerRuntime.ContainerSpec;
import io.portolan.emulator.ContainerRuntime.StartFailure;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.GcpRest;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An emulator with simulated containers on a manual clock. What an image does is in its name. */
final class GcpServices implements AutoCloseable {
    final EmulatorClock clock = EmulatorClock.manual();
    final Set<String> unhealthy = ConcurrentHashMap.newKeySet();
    /** All containers that were started. */
    final List<ContainerSpec> started = new CopyOnWriteArrayList<>();

    final CloudEmulator emulator = CloudEmulator.builder()
            .clock(clock)
            .containers(SimulatedContainers.running(this::program)
                    .healthyWhen(container -> !unhealthy.contains(container.image())))
            .start();
    final GcpRest rest = GcpRest.of(emulator);

    private SimulatedProgram program(ContainerSpec container) {
        started.add(container);
        String image = container.image();
        if (image.startsWith("missing")) {
            return SimulatedProgram.notStarting(StartFailure.IMAGE_NOT_FOUND);
        }
        if (image.startsWith("bad")) {
            return SimulatedProgram.exiting(1).printing("it went wrong");
        }
        return image.startsWith("crashing")
                ? SimulatedProgram.exiting(3).lasting(Duration.ofSeconds(30))
                : SimulatedProgram.serving().printing("listening");
    }

    static String template(String image) {
        return "'template':{'containers':[{'image':'" + image + "'}]}";
    }

    /** Creates the service and waits until it has settled. */
    JsonNode create(String members) {
        return settled(rest.post("services?serviceId=web", "{" + members + "}"));
    }

    /** Changes the service and waits until it has settled. */
    JsonNode patch(String mask, String members) {
        return settled(rest.patch("services/web" + (mask.isEmpty() ? "" : "?updateMask=" + mask), "{" + members + "}"));
    }

    /** The operation of an answer when it has ended. */
    JsonNode settled(GcpRest.Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(answer.body().toString());
        }
        String operation = answer.at("/name").asText();
        clock.advance(Duration.ofSeconds(30));
        return rest.get("/v2/" + operation).body();
    }

    JsonNode service() {
        return rest.get("services/web").body();
    }

    JsonNode revision(String name) {
        return rest.get("services/web/revisions/" + name).body();
    }

    /** The short names of the revisions, the newest first. */
    List<String> revisions() {
        List<String> names = new ArrayList<>();
        rest.get("services/web/revisions")
                .at("/revisions")
                .forEach(revision -> names.add(shortName(revision.path("name"))));
        return names;
    }

    static String shortName(JsonNode name) {
        return name.asText().substring(name.asText().lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        emulator.close();
    }
}
