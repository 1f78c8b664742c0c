package io.portolan.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.examples.weather.MonthReport;
import io.portolan.testkit.fake.FakePlatform;
import io.portolan.testkit.fake.FakeProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WeatherServiceTest {

    private static final String SEATTLE = "Seattle,1,124,5.5,-4.4,17.2,466.0";
    private static final String NEW_YORK = "New York,1,124,0.5,-16.0,16.1,327.9";

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final FakePlatform platform = FakePlatform.create();
    private final Cloud cloud =
            Cloud.connect(CloudConfig.builder(FakeProvider.ID).build(), FakeProvider.on(platform));
    private final WeatherService service =
            new WeatherService(cloud, new Progress(new PrintStream(output, true, StandardCharsets.UTF_8)));
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        cloud.close();
        platform.close();
    }

    @Test
    void check_ofTheRightResult_printsIt() {
        answer(200, MonthReport.HEADER + "\n" + NEW_YORK + "\n" + SEATTLE + "\n");

        assertThatCode(() -> service.check(endpoint(), reports(SEATTLE, NEW_YORK)))
                .doesNotThrowAnyException();
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("5.5 °C", "all 2 months");
    }

    @Test
    void check_ofAWrongNumber_fails() {
        answer(200, MonthReport.HEADER + "\n" + SEATTLE.replace("5.5", "5.6") + "\n");

        assertThatThrownBy(() -> service.check(endpoint(), reports(SEATTLE)))
                .isInstanceOf(QuickstartFailure.class)
                .hasMessageContaining("the service does not give")
                .hasMessageContaining("mean=5.5");
    }

    @Test
    void check_ofTooManyMonths_fails() {
        answer(200, MonthReport.HEADER + "\n" + NEW_YORK + "\n" + SEATTLE + "\n");

        assertThatThrownBy(() -> service.check(endpoint(), reports(SEATTLE))).hasMessageContaining("2 months, not 1");
    }

    @Test
    void check_ofAnErrorPage_fails() {
        answer(503, "no");

        assertThatThrownBy(() -> service.check(endpoint(), reports(SEATTLE)))
                .isInstanceOf(QuickstartFailure.class)
                .hasMessageContaining("answers with status 503");
    }

    private void answer(int status, String text) {
        server.createContext("/months", exchange -> {
            try (exchange) {
                byte[] body = text.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    private static List<MonthReport> reports(String... lines) {
        return List.of(lines).stream().map(MonthReport::parse).toList();
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
