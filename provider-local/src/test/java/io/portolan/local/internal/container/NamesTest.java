package io.portolan.local.internal.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Names on the engine")
class NamesTest {
    private static final ExecutionId ID = ExecutionId.of("nightly-7");
    private static final AttemptKey KEY = new AttemptKey(ID, "0123abcd", 3, 1);

    @Test
    void names_areThoseOfTheDocumentation() {
        assertThat(Names.execution("shop", ID)).isEqualTo("portolan-shop_nightly-7");
        assertThat(Names.attempt("shop", KEY)).isEqualTo("portolan-shop_nightly-7_3_1");
        assertThat(Names.record("shop", ID)).isEqualTo("portolan-x-shop_nightly-7");
        assertThat(Names.cancelled("shop", ID)).isEqualTo("portolan-x-shop_nightly-7_cancelled");
        assertThat(Names.volume("shop", "results")).isEqualTo("shop_results");
        assertThat(Names.secretVolume(Names.attempt("shop", KEY), 0)).isEqualTo("portolan-shop_nightly-7_3_1_secret0");
        assertThat(Names.network("shop")).isEqualTo("portolan-shop");
    }

    @Test
    void attempt_doesNotDependOnTheSpec() {
        assertThat(Names.attempt("shop", KEY)).isEqualTo(Names.attempt("shop", new AttemptKey(ID, "ffff", 3, 1)));
    }

    @Test
    void identities_whosePartsReadTheSameInARow_haveNamesOfTheirOwn() {
        assertThat(Stream.of(
                        Names.attempt("shop", new AttemptKey(ExecutionId.of("a"), "h", 1, 11)),
                        Names.attempt("shop", new AttemptKey(ExecutionId.of("a"), "h", 11, 1)),
                        Names.attempt("shop", new AttemptKey(ExecutionId.of("a-1"), "h", 1, 1)),
                        Names.attempt("shop-a", new AttemptKey(ExecutionId.of("1"), "h", 1, 1))))
                .doesNotHaveDuplicates();
    }
}
