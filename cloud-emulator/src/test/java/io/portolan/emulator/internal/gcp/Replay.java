package io.portolan.emulator.internal.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.GcpRest;
import io.portolan.emulator.gcp.GcpModel;
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
final class Replay {
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

    private final EmulatorClock clock;
    private final GcpRest rest;
    private final Map<String, String> known;
    private final List<String> differences = new ArrayList<>();
    private String operation = "";

    /**
     * A replay.
     *
     * @param emulator with a manual clock, which is turned by a minute before operations are asked for
     * @param clock of the emulator
     * @param known differences, as regular expressions of their texts, and their reasons
     */
    Replay(CloudEmulator emulator, EmulatorClock clock, Map<String, String> known) {
        this.clock = clock;
        this.rest = GcpRest.of(emulator);
        this.known = known;
    }

    /** The differences that are not known. */
    List<String> run(List<Recording.Exchange> exchanges) {
        for (Recording.Exchange exchange : exchanges) {
            if (exchange.polls()) {
                clock.advance(Duration.ofMinutes(1));
            }
            GcpRest.Answer answer =
                    rest.send(exchange.method(), exchange.path().replace("OPERATION", operation), exchange.request());
            String path = exchange.path().replaceAll("\\?.*", "");
            String at = exchange.method() + path.replaceAll(".*/locations/us-central1", " ");
            if (answer.status() != exchange.status()) {
                differences.add(at + " was answered with " + answer.status() + " " + answer.body());
            } else if (answer.status() == 200) {
                GcpModel model = GcpModel.of("run");
                String method =
                        model.find(exchange.method(), path).orElseThrow().name();
                model.responseViolations(method, answer.body()).forEach(problem -> differences.add(at + " " + problem));
            }
            compare(at + " ", exchange.answer(), answer.body(), "");
            String name = answer.body().path("name").asText();
            if (name.contains("/operations/")) {
                operation = name.substring(name.lastIndexOf('/') + 1);
            }
        }
        return differences;
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
                return;
            }
        }
        differences.add(text);
    }
}
