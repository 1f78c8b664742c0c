package io.portolan.emulator.internal.gcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.emulator.gcp.GcpEmulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Exchanges with an API of Google as they were recorded. */
final class Recording {
    private static final String FOLDER = "/io/portolan/emulator/gcp/recorded/";
    private static final Map<String, String> NAMES = Map.of(
            "${projectId}", GcpEmulator.PROJECT,
            "${projectNumber}", GcpEmulator.PROJECT_NUMBER,
            "${uniqueId}", "u1",
            "${jobID}", "job-u1",
            "${creatorID}", "creator");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Recording() {}

    /**
     * One exchange.
     *
     * @param method of HTTP
     * @param host that was asked
     * @param path with the query
     * @param request its body, empty for none
     * @param status of the answer
     * @param answer its body
     */
    record Exchange(String method, String host, String path, String request, int status, JsonNode answer) {
        /** Whether it asks how an operation goes. */
        boolean polls() {
            return path.contains("/operations/");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** The exchanges with one host in a file. */
    static List<Exchange> of(String file, String host) {
        List<Exchange> exchanges = new ArrayList<>();
        for (String text : read(file).split("\n---\n", -1)) {
            Exchange exchange = exchange(text.strip());
            if (exchange.host().equals(host)) {
                exchanges.add(exchange);
            }
        }
        return exchanges;
    }

    /** Request line and headers, perhaps a body, status and headers, a body. */
    private static Exchange exchange(String text) {
        List<String> parts = List.of(text.split("\n\n", -1));
        String[] line = parts.get(0).lines().findFirst().orElseThrow().split(" ", -1);
        int answer = 1;
        while (!parts.get(answer).matches("(?s)\\d{3} .*")) {
            answer++;
        }
        URI uri = URI.create(line[1]);
        String query = uri.getRawQuery();
        return new Exchange(
                line[0],
                uri.getHost(),
                uri.getRawPath() + (query == null ? "" : "?" + query),
                String.join("\n\n", parts.subList(1, answer)),
                Integer.parseInt(parts.get(answer).substring(0, 3)),
                json(String.join("\n\n", parts.subList(answer + 1, parts.size()))));
    }

    private static String read(String file) {
        try (InputStream in = Recording.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no recording " + file);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> name : NAMES.entrySet()) {
                text = text.replace(name.getKey(), name.getValue());
            }
            return text.replace("${operationID}", "OPERATION").replaceAll("\\$\\{\\w+}", "x");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.isBlank() ? "{}" : text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
