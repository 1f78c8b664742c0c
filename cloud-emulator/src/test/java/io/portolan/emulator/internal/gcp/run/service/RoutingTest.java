package io.portolan.emulator.internal.gcp.run.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests to services whose simulated containers have the ports of real servers. */
class RoutingTest {
    private static final String REVISION = "'type':'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION','revision':'";

    private final GcpServices gcp = new GcpServices();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<HttpServer> servers = new ArrayList<>();
    private int one;
    private int two;

    @BeforeEach
    void serve() throws IOException {
        one = server("one");
        two = server("two");
    }

    @AfterEach
    void close() {
        servers.forEach(server -> server.stop(0));
        gcp.close();
    }

    private int server(String text) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, text.length());
            exchange.getResponseBody().write(text.getBytes(UTF_8));
            exchange.close();
        });
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    private static String on(int port) {
        return "'template':{'containers':[{'image':'web:1','ports':[{'containerPort':" + port + "}]}]}";
    }

    private String get(String uri) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200 ? answer.body() : Integer.toString(answer.statusCode());
    }

    private String uri() {
        return gcp.service().path("uri").asText();
    }

    @Test
    void publicService_answersOnAnAddressThatStays() throws Exception {
        gcp.create("'invokerIamDisabled':true," + on(one));
        String uri = uri();
        assertThat(get(uri)).isEqualTo("one");

        gcp.patch("template", on(two));

        assertThat(uri()).isEqualTo(uri);
        assertThat(get(uri)).isEqualTo("two");
    }

    @Test
    void canary_getsItsShare_andRollbackTakesItAway() throws Exception {
        gcp.create("'invokerIamDisabled':true," + on(one));
        String old = gcp.revisions().get(0);
        gcp.patch(
                "template,traffic",
                "'traffic':[{" + REVISION + old + "','percent':75},"
                        + "{'type':'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST','percent':25}]," + on(two));

        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(get(uri()));
        }
        assertThat(answers.stream().filter("two"::equals)).hasSize(5);

        gcp.patch("traffic", "'traffic':[{" + REVISION + old + "','percent':100}]");
        assertThat(get(uri())).isEqualTo("one");
        assertThat(gcp.revisions()).hasSize(2);
    }

    @Test
    void revisionWithoutTraffic_isReachedByItsTag() throws Exception {
        gcp.create("'invokerIamDisabled':true," + on(one));
        String old = gcp.revisions().get(0);

        gcp.patch(
                "template,traffic",
                "'traffic':[{" + REVISION + old + "','percent':100},"
                        + "{'type':'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST','tag':'next'}]," + on(two));

        JsonNode status = gcp.service().at("/trafficStatuses/1");
        assertThat(status.path("tag").asText()).isEqualTo("next");
        assertThat(get(uri())).isEqualTo("one");
        assertThat(get(status.path("uri").asText())).isEqualTo("two");
    }

    @Test
    void retiredRevision_servesAgainAfterRollback() throws Exception {
        gcp.create("'invokerIamDisabled':true," + on(one));
        String old = gcp.revisions().get(0);
        gcp.patch("template", on(two));
        assertThat(gcp.started).hasSize(2);

        gcp.patch("traffic", "'traffic':[{" + REVISION + old + "','percent':100}]");

        assertThat(gcp.started).hasSize(3);
        assertThat(get(uri())).isEqualTo("one");
    }

    @Test
    void privateService_refuses_untilAllUsersMayInvokeIt() throws Exception {
        gcp.create(on(one));
        assertThat(get(uri())).isEqualTo("403");

        JsonNode policy = gcp.rest
                .post(
                        "services/web:setIamPolicy",
                        "{'policy':{'bindings':[{'role':'roles/run.invoker','members':['allUsers']}]}}")
                .body();

        assertThat(policy.path("etag").asText()).isNotEmpty();
        assertThat(get(uri())).isEqualTo("one");
        assertThat(gcp.rest.get("services/web:getIamPolicy").body()).isEqualTo(policy);
    }

    @Test
    void policy_thatSomebodyElseChanged_isAborted() {
        gcp.create(on(one));
        String etag = gcp.rest.get("services/web:getIamPolicy").at("/etag").asText();
        gcp.rest.post("services/web:setIamPolicy", "{'policy':{'bindings':[]}}");

        assertThat(gcp.rest
                        .post("services/web:setIamPolicy", "{'policy':{'etag':'" + etag + "'}}")
                        .status())
                .isEqualTo(409);
    }
}
