package io.portolan.aws.moto;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before moto, hands every request on as it came, and adds to the answers what moto lacks of services: it knows no
 * {@code ListServiceDeployments}, starts no replicas, and keeps the old task definition in the deployment of a service that was updated.
 * What moto took or changed had, from here, a deployment that went well and has one replica that runs. The requests are moto's to judge.
 */
final class MotoGaps implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI moto;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, List<ObjectNode>> deployments = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> replicas = new ConcurrentHashMap<>();

    private MotoGaps(URI moto, HttpServer server) {
        this.moto = moto;
        this.server = server;
    }

    static MotoGaps before(String moto) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            MotoGaps gaps = new MotoGaps(URI.create(moto), server);
            server.setExecutor(gaps.threads);
            server.createContext("/", gaps::answer);
            server.start();
            return gaps;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        JsonNode input = JSON.readTree(body.length == 0 ? "{}".getBytes(UTF_8) : body);
        Optional<ObjectNode> own = own(target.substring(target.lastIndexOf('.') + 1), input);
        if (own.isPresent()) {
            send(exchange, 200, JSON.writeValueAsBytes(own.get()));
            return;
        }
        HttpResponse<byte[]> answer = handOn(exchange, body);
        byte[] said = answer.body();
        if (answer.statusCode() == 200 && target.endsWith("Service")) {
            note(target, JSON.readTree(said).path("service"));
        } else if (answer.statusCode() == 200 && target.endsWith(".DescribeServices")) {
            said = JSON.writeValueAsBytes(corrected(JSON.readTree(said)));
        }
        send(exchange, answer.statusCode(), said);
    }

    /** What moto would be asked in vain. */
    private Optional<ObjectNode> own(String operation, JsonNode input) {
        ObjectNode answer = JSON.createObjectNode();
        switch (operation) {
            case "ListServiceDeployments" -> {
                ArrayNode known = answer.putArray("serviceDeployments");
                deployments
                        .getOrDefault(lastPart(input.path("service").asText()), List.of())
                        .forEach(known::add);
            }
            case "ListTasks" -> {
                if (!input.has("serviceName")) {
                    return Optional.empty();
                }
                ArrayNode arns = answer.putArray("taskArns");
                JsonNode replica =
                        replicas.get(lastPart(input.path("serviceName").asText()));
                if (replica != null && !input.path("desiredStatus").asText().equals("STOPPED")) {
                    arns.add(replica.path("taskArn"));
                }
            }
            case "DescribeTasks" -> {
                Set<String> asked = new HashSet<>();
                input.path("tasks").forEach(arn -> asked.add(arn.asText()));
                List<JsonNode> found = replicas.values().stream()
                        .filter(task -> asked.contains(task.path("taskArn").asText()))
                        .toList();
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                answer.putArray("tasks").addAll(found);
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(answer);
    }

    private static JsonNode corrected(JsonNode answer) {
        for (JsonNode service : answer.path("services")) {
            for (JsonNode deployment : service.path("deployments")) {
                ((ObjectNode) deployment).set("taskDefinition", service.path("taskDefinition"));
            }
        }
        return answer;
    }

    private void note(String target, JsonNode service) {
        String name = service.path("serviceName").asText();
        if (target.endsWith(".DeleteService")) {
            replicas.remove(name);
            return;
        }
        replicas.put(
                name,
                JSON.createObjectNode()
                        .put("taskArn", service.path("serviceArn").asText().replace(":service/", ":task/") + "/replica")
                        .put("lastStatus", "RUNNING")
                        .put("desiredStatus", "RUNNING")
                        .set("taskDefinitionArn", service.path("taskDefinition")));
        List<ObjectNode> known = deployments.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>());
        known.add(JSON.createObjectNode()
                .put("serviceDeploymentArn", service.path("serviceArn").asText() + "/" + known.size())
                .put("serviceArn", service.path("serviceArn").asText())
                .put("createdAt", System.currentTimeMillis() / 1000.0)
                .put("status", "SUCCESSFUL"));
    }

    private HttpResponse<byte[]> handOn(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(moto.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        for (String header : List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date")) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String lastPart(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
