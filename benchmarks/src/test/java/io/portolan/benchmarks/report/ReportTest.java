package io.portolan.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.benchmarks.stats.Ratio;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Report report = new Report();

    @Test
    void ratio_upToTheTarget_isMet() {
        assertThat(Verdict.ofRatio(new Ratio(1.05, 1.0, 1.2), 1.05)).isEqualTo(Verdict.MET);
    }

    @Test
    void ratio_aLittleAboveWithTheTargetInItsRange_isNoise() {
        assertThat(Verdict.ofRatio(new Ratio(1.08, 1.01, 1.2), 1.05)).isEqualTo(Verdict.NOISE);
    }

    @Test
    void ratio_whoseWholeRangeIsAbove_isMissed() {
        assertThat(Verdict.ofRatio(new Ratio(1.07, 1.06, 1.08), 1.05)).isEqualTo(Verdict.MISSED);
    }

    @Test
    void ratio_farAboveInAWideRange_isMissed() {
        assertThat(Verdict.ofRatio(new Ratio(1.2, 0.8, 1.6), 1.05)).isEqualTo(Verdict.MISSED);
    }

    @Test
    void report_withAMissedTarget_namesIt() {
        report.add(Line.count("threads", "of the SDK", 4).target(8));
        report.add(Line.count("threads", "of another", 9).target(8));
        assertThat(report.missed()).extracting(Line::name).containsExactly("of another");
    }

    @Test
    void table_always_showsSectionsNumbersAndVerdicts() {
        Ratio ratio = new Ratio(1.018, 0.99, 1.04);
        report.machine("engine", "20.10");
        report.add(Line.ratio("one at a time", "SDK / docker-java", ratio).target(ratio, 1.05));
        assertThat(TextTable.of(report))
                .contains("engine", "20.10", "one at a time")
                .containsPattern("SDK / docker-java +1\\.02 +\\[0\\.99, 1\\.04] +<= 1\\.05 +met");
    }

    @Test
    void json_ofAnyText_isWellFormed() {
        report.machine("note", "a \"quoted\" \\ text\n");
        report.add(Line.count("section", "name", 3));
        assertThat(Json.of(report))
                .contains("\"note\": \"a \\\"quoted\\\" \\\\ text\\u000a\"")
                .contains("\"value\": 3.0000")
                .contains("\"target\": null");
    }
}
