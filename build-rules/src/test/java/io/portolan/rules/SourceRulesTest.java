package io.portolan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceRulesTest {

    @TempDir
    private Path root;

    private Path pkg;

    @BeforeEach
    void createPackage() throws IOException {
        pkg = Files.createDirectories(root.resolve("io").resolve("portolan"));
    }

    @Test
    void longFile_overTheLimit_isFound() throws IOException {
        write("Long.java", Collections.nCopies(SourceRules.MAX_LINES + 1, "//"));
        write("Short.java", Collections.nCopies(SourceRules.MAX_LINES, "//"));
        assertThat(SourceRules.tooLongFiles(root)).singleElement().asString().contains("Long.java has 501 lines");
    }

    @Test
    void package_withoutPackageInfo_isFound() throws IOException {
        write("Any.java", List.of("class Any {}"));
        assertThat(SourceRules.unmarkedPackages(root)).hasSize(1);
    }

    @Test
    void package_withoutNullMarked_isFound() throws IOException {
        write("package-info.java", List.of("package io.portolan;"));
        assertThat(SourceRules.unmarkedPackages(root)).hasSize(1);
    }

    @Test
    void package_withNullMarked_passes() throws IOException {
        write("Any.java", List.of("class Any {}"));
        write("package-info.java", List.of("@NullMarked", "package io.portolan;"));
        assertThat(SourceRules.unmarkedPackages(root)).isEmpty();
    }

    @Test
    void leftover_inAComment_isFound() throws IOException {
        write("Any.java", List.of("// TO" + "DO later", "class Any { String mastodons; }"));
        assertThat(SourceRules.leftovers(root)).singleElement().asString().endsWith("later");
    }

    @Test
    void sleep_inATest_isFound() throws IOException {
        write("AnyTest.java", List.of("Thread" + ".sleep(1);"));
        assertThat(SourceRules.sleepingTests(root)).hasSize(1);
    }

    @Test
    void anyRule_onAnAbsentDirectory_passes() {
        Path absent = root.resolve("absent");
        assertThat(SourceRules.tooLongFiles(absent)).isEmpty();
        assertThat(SourceRules.unmarkedPackages(absent)).isEmpty();
        assertThat(SourceRules.leftovers(absent)).isEmpty();
        assertThat(SourceRules.sleepingTests(absent)).isEmpty();
    }

    private void write(String name, List<String> lines) throws IOException {
        Files.write(pkg.resolve(name), lines);
    }
}
