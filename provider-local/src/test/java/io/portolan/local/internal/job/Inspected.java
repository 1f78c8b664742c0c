package io.portolan.local.internal.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.InspectContainerResponse;

/** What an engine answers when it is asked about one container: the fields of Docker Engine 20.10 that say how it stands. */
final class Inspected {
    static final String ID = "4c01db0b339c5a7d0e2c6f1b8a9d3e4f5061728394a5b6c7d8e9f0a1b2c3d4e5";
    static final String NEVER = "0001-01-01T00:00:00Z";
    static final String CREATED = "2026-11-22T10:00:00.123456789Z";
    static final String STARTED = "2026-11-22T10:00:01.5Z";
    static final String FINISHED = "2026-11-22T10:00:09.25Z";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Inspected() {}

    /** Created and not started. */
    static InspectContainerResponse created() {
        return state("created", 0, "", NEVER, NEVER);
    }

    /** Its start was refused: the engine keeps the code and the text of its runtime. */
    static InspectContainerResponse refused(int code, String error) {
        return state("created", code, error, NEVER, NEVER);
    }

    /** Alive, in one of the engine's words for it. */
    static InspectContainerResponse alive(String status) {
        return state(status, 0, "", STARTED, NEVER);
    }

    /** Its process ended. */
    static InspectContainerResponse exited(int code) {
        return state("exited", code, "", STARTED, FINISHED);
    }

    /** Its process ended within a moment. */
    static InspectContainerResponse exitedAtOnce(int code) {
        return state("exited", code, "", STARTED, "2026-11-22T10:00:01.6Z");
    }

    /** Its process ended, and the kernel had killed a process of it for lack of memory. */
    static InspectContainerResponse exitedOutOfMemory(int code, long limit) {
        return read("""
                {"Id": "%s", "Created": "%s",
                 "State": {"Status": "exited", "OOMKilled": true, "ExitCode": %d, "Error": "", "StartedAt": "%s", "FinishedAt": "%s"},
                 "HostConfig": {"Memory": %d}}""".formatted(ID, CREATED, code, STARTED, FINISHED, limit));
    }

    static InspectContainerResponse state(String status, int code, String error, String started, String finished) {
        return read("""
                {"Id": "%s", "Created": "%s",
                 "State": {"Status": "%s", "OOMKilled": false, "ExitCode": %d, "Error": %s, "StartedAt": "%s", "FinishedAt": "%s"}}""".formatted(ID, CREATED, status, code, quoted(error), started, finished));
    }

    static InspectContainerResponse read(String json) {
        try {
            return JSON.readValue(json, InspectContainerResponse.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static String quoted(String text) {
        return JSON.getNodeFactory().textNode(text).toString();
    }
}
