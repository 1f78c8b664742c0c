package io.portolan.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogTallyTest {

    @Test
    void accept_ofLines_countsThemAndTheirSources() {
        LogTally tally = new LogTally("wrote ");
        tally.accept(line(0, 0, "task 0"));
        tally.accept(line(0, 1, "task 0"));
        tally.accept(line(0, 1, "wrote part-0"));

        assertThat(tally.lines()).isEqualTo(3);
        assertThat(tally.attempts()).isEqualTo(2);
        assertThat(tally.matching()).isEqualTo(1);
    }

    private static LogLine line(int task, int attempt, String text) {
        return new LogLine(LogSource.attempt(task, attempt), Instant.EPOCH, LogLine.Stream.STDOUT, text);
    }
}
