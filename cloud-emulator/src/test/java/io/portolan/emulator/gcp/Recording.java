package io.portolan.emulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Recorded traffic, read from a file whose exchanges are separated by lines of three hyphens. */
public final class Recording {
    private static final String HOST = "https://run.googleapis.com";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String name;
    private final List<Exchange> exchanges = new ArrayList<>();

    private Recording(String name) {
        this.name = name;
    }

    /**
     * A request and its answer.
     *
     * @param method of HTTP
     * @param path with the query, still with placeholders such as {@code ${projectId}}
     * @param request the body, a missing node if there is none
     * @param status of the answer
     * @param answer the body
     */
    public record Exchange(String method, String path, JsonNode request, int status, JsonNode answer) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** The exchanges with Cloud Run in a file. */
    public static Recording of(String name) {
        Recording recording = new Recording(name);
        try (InputStream in = Recording.class.getResourceAsStream(name + ".http.log")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String exchange : text.split("\\n---\\n", -1)) {
                recording.add(exchange.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return recording;
    }

    public List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    private void add(String text) throws IOException {
        String[] first = text.lines().findFirst().orElse("").split(" ", 2);
        if (first.length < 2 || !first[1].startsWith(HOST)) {
            return;
        }
        StringBuilder body = new StringBuilder();
        JsonNode request = MAPPER.missingNode();
        int status = 0;
        for (String line : text.lines().skip(1).toList()) {
            if (line.matches("[1-5]\\d\\d .*")) {
                request = json(body);
                status = Integer.parseInt(line.substring(0, 3));
                body.setLength(0);
            } else if (!line.matches("[A-Za-z-]+: .*")) {
                body.append(line).append('\n');
            }
        }
        exchanges.add(new Exchange(first[0], first[1].substring(HOST.length()), request, status, json(body)));
    }

    private static JsonNode json(StringBuilder body) throws IOException {
        return body.toString().isBlank() ? MAPPER.missingNode() : MAPPER.readTree(body.toString());
    }

    @Override
    public String toString() {
        return name;
    }
}
