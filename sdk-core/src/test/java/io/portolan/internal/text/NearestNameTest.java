package io.portolan.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    @ParameterizedTest
    @CsvSource({
        "project, project, 0",
        "projct, project, 1",
        "prjoect, project, 1",
        "projectt, project, 1",
        "praject, project, 1",
        "kitten, sitting, 3",
        "'', abc, 3",
        "abc, '', 3",
    })
    void distance_ofTwoNames_countsSlips(String from, String to, int slips) {
        assertThat(NearestName.distance(from, to)).isEqualTo(slips);
        assertThat(NearestName.distance(to, from)).isEqualTo(slips);
    }

    @Test
    void of_misspeltName_findsTheNearest() {
        assertThat(NearestName.of("regoin", List.of("region", "registry", "project")))
                .contains("region");
    }

    @Test
    void of_twoEquallyNear_findsTheFirstByName() {
        assertThat(NearestName.of("cat", List.of("car", "bat"))).contains("bat");
    }

    @Test
    void of_nothingNear_findsNothing() {
        assertThat(NearestName.of("colour", List.of("region", "project"))).isEmpty();
        assertThat(NearestName.of("ab", List.of("xyz"))).isEmpty();
    }

    @Test
    void of_hugeName_findsNothingAtOnce() {
        assertThat(NearestName.of("a".repeat(1_000_000), List.of("a"))).isEmpty();
    }
}
