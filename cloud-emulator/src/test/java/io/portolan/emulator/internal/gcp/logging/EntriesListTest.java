package io.portolan.emulator.internal.gcp.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.GcpRest;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import io.portolan.emulator.gcp.GcpEmulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntriesListTest {
    private static final String PROJECT = "'resourceNames':['projects/" + GcpEmulator.PROJECT + "']";
    private static final String STDOUT = "\\'projects/" + GcpEmulator.PROJECT + "/logs/run.googleapis.com%2Fstdout\\'";

    private final EmulatorClock clock = EmulatorClock.manual();
    private String[] lines = {"one", "two", "three"};
    private final CloudEmulator emulator = CloudEmulator.builder()
            .clock(clock)
            .containers(SimulatedContainers.running(
                    container -> SimulatedProgram.serving().printing(lines)))
            .start();
    private final GcpRest rest = GcpRest.of(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    private void serve() {
        rest.post("services?serviceId=web", "{'template':{'containers':[{'image':'web:1'}]}}");
        clock.advance(Duration.ofSeconds(1));
    }

    private GcpRest.Answer list(String members) {
        return rest.post("/v2/entries:list", "{" + PROJECT + members + "}");
    }

    private static List<String> texts(GcpRest.Answer answer) {
        List<String> texts = new ArrayList<>();
        answer.at("/entries")
                .forEach(entry -> texts.add(entry.path("textPayload").asText()));
        return texts;
    }

    @Test
    void entry_tellsWhereItComesFrom() {
        serve();

        GcpRest.Answer answer = list(",'filter':'resource.type=\\'cloud_run_revision\\' AND"
                + " resource.labels.service_name=\\'web\\' AND logName=" + STDOUT + "'");

        assertThat(texts(answer)).containsExactly("one", "two", "three");
        JsonNode first = answer.at("/entries/0");
        assertThat(first.at("/resource/labels/location").asText()).isEqualTo(GcpEmulator.REGION);
        assertThat(first.at("/resource/labels/revision_name").asText()).startsWith("web-00001-");
        assertThat(first.at("/resource/labels/configuration_name").asText()).isEqualTo("web");
        assertThat(first.has("severity")).isFalse();
        assertThat(first.path("insertId").asText())
                .isNotEqualTo(answer.at("/entries/1/insertId").asText());
        assertThat(first.path("timestamp").asText()).startsWith("2026-01-01T00:00:00");
    }

    @Test
    void pages_followOneAnother() {
        serve();

        GcpRest.Answer first = list(",'pageSize':2");
        String token = first.at("/nextPageToken").asText();
        GcpRest.Answer second = list(",'pageSize':2,'pageToken':'" + token + "'");

        assertThat(texts(first)).containsExactly("one", "two");
        assertThat(texts(second)).containsExactly("three");
        assertThat(second.body().has("nextPageToken")).isFalse();
        assertThat(list(",'pageToken':'" + token + "','filter':'severity>=INFO'")
                        .status())
                .isEqualTo(400);
        assertThat(texts(list(",'orderBy':'timestamp desc','pageSize':1"))).containsExactly("three");
    }

    @Test
    void filter_thatIsNotOfTheLanguage_isRefused() {
        GcpRest.Answer answer = list(",'filter':'textPayload:one'");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/error/status").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(answer.message()).startsWith("Unparseable filter: syntax error at line 1, column 12");
    }

    @Test
    void resourceNames_areNeeded() {
        assertThat(rest.post("/v2/entries:list", "{}").status()).isEqualTo(400);
        assertThat(rest.post("/v2/entries:list", "{'resourceNames':['nonsense']}")
                        .status())
                .isEqualTo(400);
        assertThat(texts(rest.post("/v2/entries:list", "{'resourceNames':['projects/other']}")))
                .isEmpty();
    }

    @Test
    void entries_canComeLate() {
        emulator.gcp().faults().logLag(Duration.ofSeconds(5));
        serve();

        assertThat(texts(list(""))).isEmpty();

        clock.advance(Duration.ofSeconds(5));
        assertThat(texts(list(""))).containsExactly("one", "two", "three");
    }

    @Test
    void lineThatIsAnObject_isAPayload() {
        lines = new String[] {
            "{\"severity\":\"ERROR\",\"message\":\"gone\"}",
            "{\"severity\":\"INFO\",\"message\":\"x\",\"n\":1}",
            "{broken"
        };
        serve();

        GcpRest.Answer answer = list("");

        assertThat(texts(answer)).containsExactly("gone", "", "{broken");
        assertThat(answer.at("/entries/0/severity").asText()).isEqualTo("ERROR");
        assertThat(answer.at("/entries/1/jsonPayload/n").asInt()).isEqualTo(1);
        assertThat(answer.at("/entries/1/jsonPayload").has("severity")).isFalse();
        assertThat(texts(list(",'filter':'severity>=WARNING'"))).containsExactly("gone");
    }

    @Test
    void reads_areLimitedInAMinute() {
        emulator.gcp().logReadsPerMinute(2);
        assertThat(list("").status()).isEqualTo(200);
        assertThat(list("").status()).isEqualTo(200);

        GcpRest.Answer refused = list("");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.at("/error/details/0/reason").asText()).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(refused.at("/error/details/0/metadata/quota_limit").asText())
                .isEqualTo("ReadRequestsPerMinutePerProject");
        clock.advance(Duration.ofMinutes(1));
        assertThat(list("").status()).isEqualTo(200);
    }
}
