package io.portolan.gcp.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final String LEGAL = "[a-z]([a-z0-9-]*[a-z0-9])?";

    @Test
    void of_shortName_isApplicationAndName() {
        assertThat(Names.of("shop", "etl")).isEqualTo("shop-etl");
    }

    @Test
    void of_applicationWithAHyphen_endsInAHash_soThatTwoNamesAreNeverOne() {
        assertThat(Names.of("a-b", "c")).matches("a-b-c-[a-z2-7]{8}").isNotEqualTo(Names.of("a", "b-c"));
        assertThat(Names.of("a", "b-c")).isEqualTo("a-b-c");
    }

    @Test
    void of_longNames_areShortened_legal_stable_andDifferent() {
        Set<String> seen = new HashSet<>();
        for (int length = 1; length <= 49; length++) {
            for (String application : new String[] {"a", "a23456789-123456789-123456789-1"}) {
                String name = Names.of(application, "n".repeat(length));
                assertThat(name).hasSizeLessThanOrEqualTo(Names.MOST).matches(LEGAL);
                assertThat(Names.of(application, "n".repeat(length))).isEqualTo(name);
                seen.add(name);
            }
        }
        assertThat(seen).hasSize(98);
    }

    @Test
    void token_ofAnExecution_isThirteenLetters_soThatJobAndTokenAreFewerThanSixtyThree() {
        assertThat(Names.token("nightly-2026-11-25"))
                .matches("[a-z2-7]{13}")
                .isEqualTo(Names.token("nightly-2026-11-25"));
        assertThat(Names.MOST + 1 + Names.TOKEN).isLessThan(63);
    }
}
