package io.portolan.examples.weather;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeatherProgramTest {

    @TempDir
    Path shared;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void merge_afterAllParts_givesTheReportOfTheWholeData() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(partition(i, 5, 0)).isZero();
        }

        assertThat(run(Map.of(), "merge", shared.toString())).isZero();
        List<String> whole = Stream.concat(
                        Stream.of(MonthReport.HEADER),
                        MonthSums.of(WeatherData.rows().stream()
                                        .map(Observation::parse)
                                        .toList())
                                .stream()
                                .map(s -> s.report().toCsv()))
                .toList();
        assertThat(shared.resolve("result.csv")).hasContent(String.join("\n", whole));
        assertThat(text()).contains("merged 5 parts, 2922 days, into result.csv");
    }

    @Test
    void partition_toldToFailFirst_failsOnceAndLeavesNoPart() {
        assertThat(partition(3, 5, 0, "--fail-first", "3")).isEqualTo(Partition.TEMPORARY_FAILURE);
        assertThat(shared).isEmptyDirectory();

        assertThat(partition(3, 5, 1, "--fail-first", "3")).isZero();
        assertThat(shared.resolve("part-3-of-5.csv")).isNotEmptyFile();
        assertThat(partition(2, 5, 0, "--fail-first", "3")).isZero();
    }

    @Test
    void partition_runTwice_givesTheSamePart() throws IOException {
        partition(1, 5, 0);
        String first = Files.readString(shared.resolve("part-1-of-5.csv"));
        partition(1, 5, 1);

        assertThat(shared.resolve("part-1-of-5.csv")).hasContent(first);
        assertThat(shared).isDirectoryNotContaining("glob:**partial");
    }

    @Test
    void merge_withPartsMissing_failsAndNamesThem() {
        partition(0, 4, 0);
        partition(2, 4, 0);

        assertThat(run(Map.of(), "merge", shared.toString())).isEqualTo(1);
        assertThat(text()).contains("lacks the parts [1, 3] of 4");
        assertThat(shared.resolve("result.csv")).doesNotExist();
    }

    @Test
    void merge_withoutParts_fails() {
        assertThat(run(Map.of(), "merge", shared.toString())).isEqualTo(1);
        assertThat(text()).contains("has no parts");
    }

    @Test
    void merge_ofTwoJobs_fails() {
        partition(0, 1, 0);
        partition(0, 2, 0);

        assertThat(run(Map.of(), "merge", shared.toString())).isEqualTo(1);
        assertThat(text()).contains("parts of 1 and of 2");
    }

    @Test
    void merge_ofATornPart_fails() throws IOException {
        partition(0, 1, 0);
        Path part = shared.resolve("part-0-of-1.csv");
        List<String> lines = Files.readAllLines(part);
        Files.write(part, lines.subList(0, lines.size() - 1));

        assertThat(run(Map.of(), "merge", shared.toString())).isEqualTo(1);
        assertThat(text()).contains("says that it has 2922 rows but has");
    }

    @Test
    void program_withWrongArguments_saysHowToUseIt() {
        assertThat(run(Map.of())).isEqualTo(WeatherProgram.BAD_ARGUMENTS);
        assertThat(run(Map.of(), "delete", "x")).isEqualTo(WeatherProgram.BAD_ARGUMENTS);
        assertThat(run(Map.of(), "partition", "x", "--fail", "3")).isEqualTo(WeatherProgram.BAD_ARGUMENTS);
        assertThat(text()).contains("usage: partition DIRECTORY", "option was '--fail'");
    }

    @Test
    void program_withAPlaceOutsideOfTheTasks_isRefused() {
        assertThat(partition(5, 5, 0)).isEqualTo(WeatherProgram.BAD_ARGUMENTS);
        assertThat(run(Map.of("CLOUD_RUN_TASK_INDEX", "one"), "partition", shared.toString()))
                .isEqualTo(WeatherProgram.BAD_ARGUMENTS);
        assertThat(text()).contains("task was 5 of 5", "CLOUD_RUN_TASK_INDEX was 'one'");
    }

    @Test
    void serve_withoutAResult_fails() {
        assertThat(run(Map.of("PORT", "0"), "serve", shared.toString())).isEqualTo(1);
        assertThat(text()).contains("result.csv does not exist");
    }

    private int partition(int index, int count, int attempt, String... options) {
        String[] args = Stream.concat(Stream.of("partition", shared.toString()), Stream.of(options))
                .toArray(String[]::new);
        Map<String, String> environment = Map.of(
                "CLOUD_RUN_TASK_INDEX", "" + index,
                "CLOUD_RUN_TASK_COUNT", "" + count,
                "CLOUD_RUN_TASK_ATTEMPT", "" + attempt);
        return run(environment, args);
    }

    private int run(Map<String, String> environment, String... args) {
        return WeatherProgram.run(List.of(args), environment, new PrintStream(output, true, StandardCharsets.UTF_8));
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
