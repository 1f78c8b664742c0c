package io.portolan.local.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of moby/patternmatcher's own test that apply to files of a context, and those of the Docker documentation. */
class DockerIgnoreTest {
    @ParameterizedTest
    @CsvSource({
        "**, file, true",
        "**, dir/file, true",
        "**/, dir/file, true",
        "**/**, dir/file, true",
        "dir/**, dir/file, true",
        "dir/**, dir/dir2/file, true",
        "dir/**, dir, false",
        "**/dir, dir, true",
        "**/dir, dir/file, true",
        "**/dir2/*, dir/dir2/file, true",
        "**/dir2/**, dir/dir2/dir2/file, true",
        "**file, dir/file, true",
        "**/file, dir/dir/file, true",
        "**/file*, dir/dir/file.txt, true",
        "**/file*txt, dir/dir/file.txt, true",
        "**/file*.txt*, dir/dir/file.txt, true",
        "**/**/*.txt, dir/dir/file.txt, true",
        "**/**/*.txt2, dir/dir/file.txt, false",
        "a**/*.txt, a/file.txt, true",
        "a**/*.txt, a/dir/dir/file.txt, true",
        "a[b-d]e, ae, false",
        "a[b-d]e, ace, true",
        "a[b-d]e, aae, false",
        "a[^b-d]e, aze, true",
        ".*, .foo, true",
        ".*, foo, false",
        "abc.def, abcdef, false",
        "abc.def, abcZdef, false",
        "abc?def, abcZdef, true",
        "a\\*b, a*b, true",
        "**/foo/bar, foo/bar, true",
        "**/foo/bar, dir/dir2/foo/bar, true",
        "abc/**, abc/def/ghi, true",
        "**/.foo, bar.foo, false",
        "a(b)c/def, a(b)c/def, true",
        "a(b)c/def, a(b)c/xyz, false",
        "a.|)$(}+{bc, a.|)$(}+{bc, true",
        "dist/*.whl, dist/proxy-1.whl, true",
        "/root.txt, root.txt, true",
        "./a/../b, b, true",
        "node_modules, node_modules/x/index.js, true",
        "node_modules, app/node_modules/x, false",
        "*/temp*, somedir/temporary.txt, true",
        "*/*/temp*, somedir/subdir/temporary.txt, true",
        "*/temp*, temp, false",
    })
    void line_matches(String line, String path, boolean excluded) {
        assertThat(DockerIgnore.parse(line).excludes(path)).isEqualTo(excluded);
    }

    @Test
    void lastMatchingLine_decides() {
        DockerIgnore rules = DockerIgnore.parse("*.md\n!README*.md\nREADME-secret.md\n");

        assertThat(rules.excludes("a.md")).isTrue();
        assertThat(rules.excludes("README.md")).isFalse();
        assertThat(rules.excludes("README-secret.md")).isTrue();
    }

    @Test
    void everything_butOneDirectory_isLeftOut() {
        DockerIgnore rules = DockerIgnore.parse("*\n!src\nsrc/*.tmp\n");

        assertThat(rules.excludes("pom.xml")).isTrue();
        assertThat(rules.excludes("src/a/Main.java")).isFalse();
        assertThat(rules.excludes("src/x.tmp")).isTrue();
        assertThat(rules.excludes("src/a/x.tmp")).isFalse();
    }

    @Test
    void excludedDirectory_isLookedInto_whereALineMayTakeFilesBack() {
        DockerIgnore rules = DockerIgnore.parse("target\n!target/app.jar\nlogs\n!**/keep.txt\n");
        assertThat(rules.mayKeepBelow("target")).isTrue();
        assertThat(rules.mayKeepBelow("logs")).isTrue();
        assertThat(DockerIgnore.parse("target\n!other/x\n").mayKeepBelow("target"))
                .isFalse();
        assertThat(DockerIgnore.parse("target\n!ta*/x\n").mayKeepBelow("target"))
                .isTrue();
    }

    @Test
    void commentsBlanksAndSpaces_areSkipped() {
        DockerIgnore rules = DockerIgnore.parse("\uFEFF# comment\n\n   a.txt  \n! b.txt\n.\n");

        assertThat(rules.excludes("a.txt")).isTrue();
        assertThat(rules.excludes("# comment")).isFalse();
        assertThat(rules.excludes("c.txt")).isFalse();
    }

    @Test
    void wrongPattern_isRefused() {
        assertThatThrownBy(() -> DockerIgnore.parse("a[z-b]c")).hasMessageContaining(".dockerignore");
    }
}
