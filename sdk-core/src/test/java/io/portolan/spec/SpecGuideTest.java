package io.portolan.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide's examples are specs. */
class SpecGuideTest {
    @Test
    void examplesOfTheGuide_canBeRead() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "spec-files.md"));
        List<WorkloadSpec> specs = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map((MatchResult r) -> SpecYaml.read(r.group(1)))
                .toList();

        assertThat(specs).extracting(WorkloadSpec::name).containsExactly("nightly-etl", "web");
        SpecYaml.fields(specs.get(0)).keySet().stream()
                .map(path -> path.replaceAll("[.\\[].*", ""))
                .forEach(field -> assertThat(guide).contains("`" + field + "`"));
        SpecYaml.fields(specs.get(1)).keySet().stream()
                .map(path -> path.replaceAll("[.\\[].*", ""))
                .forEach(field -> assertThat(guide).contains("`" + field + "`"));
    }
}
