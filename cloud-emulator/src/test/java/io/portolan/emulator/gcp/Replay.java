package io.portolan.emulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.GcpRest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sends recorded requests to an emulator and compares its answers with the recorded ones: the same members of the same types, and the same
 * values but for those that are of one moment, such as names and times.
 */
public final class Replay {
    private static final Set<String> OF_ONE_MOMENT = Set.of(
            "name",
            "uid",
            "etag",
            "generation",
            "createTime",
            "updateTime",
            "lastTransitionTime",
            "creator",
            "lastModifier",
            "message",
            "uri",
            "latestReadyRevision",
            "latestCreatedRevision");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final CloudEmulator emulator;
    private final EmulatorClock clock;
    private final GcpRest rest;
    private final Map<String, String> known;
    private final List<String> differences = new ArrayList<>();
    private final Set<String> met = new TreeSet<>();
    private String operation = "";

    /**
     * A replay.
     *
     * @param emulator with a manual clock, which is turned by a minute after each exchange
     * @param clock of the emulator
     * @param known differences, as regular expressions of their texts, and their reasons
     */
    public Replay(CloudEmulator emulator, EmulatorClock clock, Map<String, String> known) {
        this.emulator = emulator;
        this.clock = clock;
        this.rest = GcpRest.of(emulator);
        this.known = known;
    }

    /** The differences that are not known. */
    public List<String> run(Recording recording) {
        for (Recording.Exchange exchange : recording.exchanges()) {
            String body = exchange.request().isMissingNode()
                    ? ""
                    : resolved(exchange.request().toString());
            GcpRest.Answer answer = rest.send(exchange.method(), resolved(exchange.path()), body);
            String at = exchange.toString()
                    .replaceAll("\\?.*", "")
                    .replaceAll(".*/locations/us-central1", exchange.method() + " ");
            if (answer.status() != exchange.status()) {
                differences.add(at + " was answered with " + answer.status() + " " + answer.body());
            }
            compare(at + " ", read(resolved(exchange.answer().toString())), answer.body(), "");
            String name = answer.body().path("name").asText();
            if (name.contains("/operations/")) {
                operation = name.substring(name.lastIndexOf('/') + 1);
            }
            clock.advance(Duration.ofMinutes(1));
        }
        return differences;
    }

    /** The known differences that were met. */
    public Set<String> met() {
        return met;
    }

    /** The emulator that answers. */
    public CloudEmulator emulator() {
        return emulator;
    }

    private void compare(String path, JsonNode recorded, JsonNode answered, String name) {
        if (recorded.isObject() && answered.isObject()) {
            Set<String> members = new TreeSet<>();
            recorded.fieldNames().forEachRemaining(members::add);
            answered.fieldNames().forEachRemaining(members::add);
            members.forEach(
                    member -> compare(path + "." + member, recorded.path(member), answered.path(member), member));
        } else if (recorded.isArray() && answered.isArray()) {
            for (int i = 0; i < Math.max(recorded.size(), answered.size()); i++) {
                compare(path + "[" + i + "]", recorded.path(i), answered.path(i), name);
            }
        } else if (recorded instanceof MissingNode) {
            difference(path + " is not in the recording");
        } else if (answered instanceof MissingNode) {
            difference(path + " is missing");
        } else if (recorded.getNodeType() != answered.getNodeType()) {
            difference(path + " is " + answered.getNodeType() + " instead of " + recorded.getNodeType());
        } else if (!OF_ONE_MOMENT.contains(name) && !recorded.equals(answered)) {
            difference(path + " is " + answered + " instead of " + recorded);
        }
    }

    private void difference(String text) {
        for (String pattern : known.keySet()) {
            if (text.matches(pattern)) {
                met.add(pattern);
                return;
            }
        }
        differences.add(text);
    }

    private String resolved(String text) {
        return text.replace("${projectId}", GcpEmulator.PROJECT)
                .replace("${projectNumber}", GcpEmulator.PROJECT_NUMBER)
                .replace("${jobID}", "runjob-1")
                .replace("${uniqueId}", "1")
                .replace("${creatorID}", "creator")
                .replace("${operationID}", operation);
    }

    private static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
