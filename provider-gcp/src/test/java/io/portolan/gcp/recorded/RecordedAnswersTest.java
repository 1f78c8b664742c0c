package io.portolan.gcp.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.run.v2.GetJobRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpServer;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.json.NativeJson;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.RequestLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Cloud Run has answered for jobs and services is read whole by the clients of this provider. */
class RecordedAnswersTest {
    /** A request for one resource, and the body of its answer. */
    private static final Pattern FOUND = Pattern.compile(
            "\\AGET https://run\\.googleapis\\.com/v2/(\\S+/(?:jobs|services)/[^/?\\s]+)\\?.*?\\n\\n200 OK\\n.*?\\n\\n(.*)\\z",
            Pattern.DOTALL);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GcpCalls calls = new GcpCalls(RequestLimits.NONE);
    private volatile String answer = "";
    private HttpServer server;
    private GcpClients clients;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json; charset=UTF-8");
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
        ProviderConfig config = new ProviderConfig(
                "app",
                GcpKeys.ALL,
                Map.of(
                        GcpKeys.PROJECT,
                        "p",
                        GcpKeys.REGION,
                        "us-central1",
                        GcpKeys.CREDENTIALS,
                        "none",
                        GcpKeys.ENDPOINT,
                        "http://127.0.0.1:" + server.getAddress().getPort()));
        clients = new GcpClients(config, Thread::new);
    }

    @AfterEach
    void stop() {
        clients.close();
        server.stop(0);
    }

    private static List<Matcher> found(String file) throws IOException {
        try (InputStream in =
                RecordedAnswersTest.class.getResourceAsStream("/io/portolan/emulator/gcp/recorded/" + file)) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<Matcher> found = new ArrayList<>();
            for (String exchange : all.replaceAll("\\$\\{\\w+}", "x").split("\n---\n", -1)) {
                Matcher matcher = FOUND.matcher(exchange.strip());
                if (matcher.matches()) {
                    found.add(matcher);
                }
            }
            return found;
        }
    }

    private Message read(String name) {
        return name.contains("/jobs/")
                ? calls.call(
                        "run:GetJob",
                        name,
                        () -> clients.jobs()
                                .getJobCallable()
                                .futureCall(
                                        GetJobRequest.newBuilder().setName(name).build()))
                : calls.call(
                        "run:GetService",
                        name,
                        () -> clients.services()
                                .getServiceCallable()
                                .futureCall(GetServiceRequest.newBuilder()
                                        .setName(name)
                                        .build()));
    }

    /** Members that are recorded and were not read; what is empty is left out by protobuf. */
    private static void missing(String path, JsonNode recorded, JsonNode read, List<String> missing) {
        recorded.properties().forEach(member -> {
            JsonNode value = member.getValue();
            boolean isEmpty =
                    value.isContainerNode() ? value.isEmpty() : value.asText().isEmpty();
            String here = path + "/" + member.getKey();
            if (!read.has(member.getKey()) && !isEmpty) {
                missing.add(here);
            } else {
                missing(here, value, read.path(member.getKey()), missing);
            }
        });
        for (int i = 0; i < recorded.size() && recorded.isArray(); i++) {
            missing(path + "/" + i, recorded.get(i), read.path(i), missing);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runjob-dependson.http.log",
                "runjob-iamserviceaccount.http.log",
                "runjob-labels.http.log",
                "runjob-nfsvolume.http.log",
                "runjob-sql.http.log",
                "runjob-vpcaccess.http.log",
                "runservicebasic.http.log",
                "runservicemulticontainer.http.log",
                "runservicesecret.http.log",
                "runservicesql.http.log"
            })
    void answers_asRecorded_areReadWhole(String file) throws IOException {
        List<Matcher> recorded = found(file);
        assertThat(recorded).isNotEmpty();
        for (Matcher exchange : recorded) {
            answer = exchange.group(2);

            JsonNode read = NativeJson.render(read(exchange.group(1)));

            List<String> missing = new ArrayList<>();
            missing("", JSON.readTree(answer), read, missing);
            assertThat(missing).as(exchange.group(1)).isEmpty();
        }
    }
}
