package io.portolan.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.error.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlParserTest {
    private final List<Violation> found = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "plain, TEXT, plain",
        "'\"5\"', TEXT, 5",
        "5, INTEGER, 5",
        "010, INTEGER, 010",
        "1.50, DECIMAL, 1.50",
        "on, FLAG, on",
        "true, FLAG, true",
        "~, NOTHING, ~",
        "2026-11-22, TEXT, 2026-11-22",
    })
    void parse_scalar_keepsTextAndKind(String yaml, YamlNode.Scalar.Kind kind, String text) {
        assertThat(YamlParser.parse(yaml, found)).isEqualTo(new YamlNode.Scalar(text, kind, 1));
        assertThat(found).isEmpty();
    }

    @Test
    void parse_nested_keepsOrderAndLines() {
        YamlNode node = YamlParser.parse("b: 1\na:\n  - x\n", found);

        assertThat(found).isEmpty();
        YamlNode.Scalar one = new YamlNode.Scalar("1", YamlNode.Scalar.Kind.INTEGER, 1);
        YamlNode.Sequence list =
                new YamlNode.Sequence(List.of(new YamlNode.Scalar("x", YamlNode.Scalar.Kind.TEXT, 3)), 3);
        assertThat(node).isEqualTo(new YamlNode.Mapping(Map.of("b", one, "a", list), 1));
        assertThat(((YamlNode.Mapping) Objects.requireNonNull(node)).entries().keySet())
                .containsExactly("b", "a");
        assertThat(list.described()).isEqualTo("a list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing here", "---"})
    void parse_nothing_hasNoViolation(String yaml) {
        YamlNode node = YamlParser.parse(yaml, found);

        assertThat(found).isEmpty();
        assertThat(node == null || node.described().equals("nothing")).isTrue();
    }

    @Test
    void parse_nameTwice_namesBothLines() {
        YamlParser.parse("a:\n  b: 1\n  c: 2\n  b: 3\n", found);

        assertThat(found)
                .extracting(Violation::toString)
                .containsExactly(
                        "a.b was '***' but must stand once; it stands in line 2 as well (line 4); remove one of the two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: !!java.net.URL [http://127.0.0.1/]",
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://127.0.0.1/\"]]]]",
                "a: !secret x",
                "a: !!binary aGk=",
                "a: !!set {x: null}",
                "a: &x 1\nb: *x",
                "a: &x [1]\nb: *x",
                "a: &x {b: *x}",
                "a: &x {b: 1}\nc:\n  <<: *x",
                "<<: {b: 1}",
                "? [a, b]\n: c",
                "a: 1\n---\nb: 2",
                "a: [1, 2",
                "a: \t- b",
                "a: *Secret123",
                "a: \u0001",
            })
    void parse_dangerousOrBroken_isRefused(String yaml) {
        YamlParser.parse(yaml, found);

        assertThat(found).isNotEmpty();
        assertThat(found.toString()).doesNotContain("Secret123", "127.0.0.1");
    }

    @Test
    void parse_aliasBomb_isRefusedAtOnce() {
        String bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
                + IntStream.range(1, 12)
                        .mapToObj(i -> "a%d: &a%d [%s]"
                                .formatted(
                                        i,
                                        i,
                                        IntStream.range(0, 9)
                                                .mapToObj(j -> "*a" + (i - 1))
                                                .collect(Collectors.joining(", "))))
                        .collect(Collectors.joining("\n"));

        assertThat(YamlParser.parse(bomb, found)).isNull();
        assertThat(found).singleElement().extracting(Violation::rule).asString().contains("no aliases");
    }

    @Test
    void parse_tooLargeOrTooDeep_isRefused() {
        YamlParser.parse("a: " + "x".repeat(YamlParser.MAX_CHARACTERS), found);
        YamlParser.parse("[".repeat(1000) + "]".repeat(1000), found);

        assertThat(found).hasSize(2).allSatisfy(v -> assertThat(v.rule()).contains("1048576", "20 levels"));
    }

    @Test
    void scalar_asText_hidesItsValue() {
        assertThat(YamlParser.parse("hunter2", found)).hasToString("TEXT in line 1");
    }
}
