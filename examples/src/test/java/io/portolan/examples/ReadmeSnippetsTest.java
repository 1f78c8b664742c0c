package io.portolan.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeSnippetsTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void javaOfTheReadme_always_isARegionOfACompiledSource() throws IOException {
        List<Snippet> snippets = Snippet.of(Files.readString(ROOT.resolve("README.md")));

        assertThat(snippets).isNotEmpty().allSatisfy(snippet -> {
            assertThat(snippet.source())
                    .as("marker before the Java block\n" + snippet.code())
                    .isNotEmpty();
            assertThat(snippet.code()).isEqualTo(Snippet.region(ROOT.resolve(snippet.source()), snippet.tag()));
        });
    }

    @Test
    void snippets_ofAText_haveTheirMarkers() {
        List<Snippet> snippets = Snippet.of(
                "<!-- snippet: a/B.java#c -->\n```java\nint x;\n```\ntext\n```java\nint y;\n```\n```sh\nls\n```\n");

        assertThat(snippets).containsExactly(new Snippet("a/B.java", "c", "int x;\n"), new Snippet("", "", "int y;\n"));
    }

    @Test
    void region_thatDoesNotExist_isRefused() {
        Path source = ROOT.resolve("examples/src/main/java/io/portolan/examples/RunJob.java");

        assertThat(Snippet.region(source, "run-job"))
                .startsWith("try (Cloud cloud")
                .endsWith("}\n");
        assertThatThrownBy(() -> Snippet.region(source, "run")).hasMessageContaining("no region 'run'");
    }
}
