package io.portolan.gcp.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.run.LogLine;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryReaderTest {
    private static final String LOG = "'logName':'projects/p/logs/run.googleapis.com%2F";
    private static final String TASK = "'resource':{'type':'cloud_run_job'},'labels':{"
            + "'run.googleapis.com/task_index':'3','run.googleapis.com/task_attempt':'1'},'insertId':'i1',"
            + "'timestamp':'2026-11-22T10:00:00.123456789Z',";

    private static Optional<Entry> entry(String json) {
        try {
            return EntryReader.read(new ObjectMapper().readTree(("{" + json + "}").replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String text(String payload) {
        return entry(TASK + LOG + "stdout'," + payload).orElseThrow().text();
    }

    @Test
    void entryOfATask_isItsLine() {
        Entry entry = entry(TASK + LOG + "stderr','textPayload':'failed'").orElseThrow();

        assertThat(entry.source()).isEqualTo("3/1");
        assertThat(entry.stream()).isEqualTo(LogLine.Stream.STDERR);
        assertThat(entry.text()).isEqualTo("failed");
        assertThat(entry.key().insertId()).isEqualTo("i1");
        assertThat(Entry.instant(entry.key().nanos())).isEqualTo(Instant.parse("2026-11-22T10:00:00.123456789Z"));
    }

    @Test
    void entryOfAService_isOfItsInstance() {
        Entry entry = entry("'resource':{'type':'cloud_run_revision'},'labels':{'instanceId':'00ab'},"
                        + "'timestamp':'2026-11-22T10:00:00+01:00'," + LOG + "stdout','textPayload':'up'")
                .orElseThrow();

        assertThat(entry.source()).isEqualTo("00ab");
        assertThat(Entry.instant(entry.key().nanos())).isEqualTo(Instant.parse("2026-11-22T09:00:00Z"));
    }

    @Test
    void textPayload_isTheLineAsItIs() {
        assertThat(text("'textPayload':' tabbed\\t漢 '")).isEqualTo(" tabbed\t漢 ");
        assertThat(text("'textPayload':''")).isEmpty();
        assertThat(text("'severity':'ERROR'")).isEmpty();
    }

    @Test
    void jsonPayload_isItsMessage_orElseTheJson() {
        assertThat(text("'jsonPayload':{'message':'hello','level':3}")).isEqualTo("hello");
        assertThat(text("'jsonPayload':{'message':7,'b':[1, 2]}")).isEqualTo("{\"message\":7,\"b\":[1,2]}");
        assertThat(text("'jsonPayload':{'event':'x\\ny'}")).isEqualTo("{\"event\":\"x\\ny\"}");
    }

    @Test
    void lineBreaks_areNoneInALine() {
        assertThat(text("'textPayload':'a\\r\\nb\\u2028c\\n'")).isEqualTo("a b c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'logName':7",
                TASK
                        + "'logName':'projects/p/logs/run.googleapis.com%2Fvarlog%2Fsystem','textPayload':'Container called exit(1).'",
                "'resource':{'type':'cloud_run_revision'},'timestamp':'2026-11-22T10:00:00Z'," + LOG
                        + "stdout','textPayload':'no instance'",
                "'resource':{'type':'cloud_run_job'},'timestamp':'yesterday'," + LOG + "stdout'",
                "'resource':{'type':'cloud_run_job'},'timestamp':'9999-12-31T00:00:00Z'," + LOG + "stdout'"
            })
    void whatNoContainerWroteOrCannotBePlaced_isNoLine(String json) {
        assertThat(entry(json)).isEmpty();
    }
}
