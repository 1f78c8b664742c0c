package io.portolan.local.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.image.BuildEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildLogTest {
    private final List<BuildEvent> events = new ArrayList<>();
    private final BuildLog log = new BuildLog(events::add);

    @Test
    void lines_carryTheirStep_andTheLastOnesAreKept() {
        log.add("Step 1/2 : FROM a\n", null);
        log.add(" ---> 123\n", null);
        log.add("Step 2/2 : RUN make\n", null);
        log.add("one\ntwo\n", null);

        assertThat(events).contains(new BuildEvent("STEP 1/2", " ---> 123"), new BuildEvent("STEP 2/2", "two"));
        assertThat(log.where()).isEqualTo(" at Step 2/2 : RUN make");
        assertThat(log.tail()).isEqualTo("\nlast lines:\n  one\n  two");
    }

    @Test
    void tail_isBounded() {
        for (int i = 0; i < 1000; i++) {
            log.line("line " + i);
        }

        assertThat(log.tail().lines()).hasSize(22).last().isEqualTo("  line 999");
    }

    @Test
    void imageId_isThatOfTheEnd_notOfAProgramThatPrintsOne() {
        log.add("I have Successfully built abc123 things\n", null);
        assertThat(log.imageId()).isEmpty();
        log.add("Successfully built 0123456789ab\n", null);
        assertThat(log.imageId()).contains("0123456789ab");
    }
}
