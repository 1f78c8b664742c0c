package io.portolan.emulator.internal.gcp.logging;

import static io.portolan.emulator.GcpRest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFilterTest {
    private static final JsonNode ENTRY =
            json("{'logName':'projects/p/logs/run.googleapis.com%2Fstdout','textPayload':'hello',"
                    + "'timestamp':'2026-01-01T10:00:00.5Z','resource':{'type':'cloud_run_job','labels':{'job_name':'report'}},"
                    + "'labels':{'run.googleapis.com/execution_name':'report-abc'},'severity':'WARNING'}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "resource.type=\"cloud_run_job\"",
                "resource.type = \"cloud_run_job\" AND resource.labels.job_name = \"report\"",
                "resource.type=\"cloud_run_job\"\nresource.labels.job_name=\"report\"",
                "resource.type=cloud_run_job",
                "labels.\"run.googleapis.com/execution_name\"=\"report-abc\"",
                "timestamp>=\"2026-01-01T10:00:00.5Z\"",
                "timestamp>\"2026-01-01T10:00:00.4Z\" AND timestamp<=\"2026-01-01T11:30:00.500+01:00\"",
                "timestamp > \"2026-01-01\"",
                "logName=(\"projects/p/logs/run.googleapis.com%2Fstdout\" OR \"projects/p/logs/run.googleapis.com%2Fstderr\")",
                "resource.labels.job_name=\"other\" OR resource.labels.job_name=\"report\"",
                "NOT textPayload=\"bye\"",
                "-(textPayload=\"bye\")",
                "severity>=INFO",
                "resource.labels.absent!=\"x\"",
                "-- a remark\ntextPayload=\"hello\""
            })
    void entry_thatFits_isTaken(String filter) {
        assertThat(LogFilter.parse(filter)).accepts(ENTRY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource.type=\"cloud_run_revision\"",
                "resource.labels.absent=\"x\"",
                "timestamp>\"2026-01-01T10:00:00.5Z\"",
                "timestamp<\"2026-01-01T10:00:00.5Z\"",
                "severity>WARNING",
                "textPayload=\"bye\" OR textPayload=\"hello\" AND severity=ERROR"
            })
    void entry_thatDoesNotFit_isLeftOut(String filter) {
        assertThat(LogFilter.parse(filter)).rejects(ENTRY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "textPayload:\"hello\"",
                "textPayload=~\"h.*\"",
                "hello",
                "textPayload=",
                "textPayload=\"open",
                "(textPayload=\"a\"",
                "textPayload=\"a\" AND",
                "timestamp>\"yesterday\"",
                "severity>=BAD"
            })
    void filter_thatIsNotOfTheLanguage_isRefused(String filter) {
        assertThatThrownBy(() -> LogFilter.parse(filter)).hasMessageStartingWith("Unparseable filter: ");
    }

    @Test
    void refusal_tellsWhereAndWhat() {
        assertThatThrownBy(() -> LogFilter.parse("severity=ERROR\nfoo ! bar"))
                .hasMessage("Unparseable filter: syntax error at line 2, column 5, token '!'");
    }
}
