package io.portolan.emulator.internal.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The emulator answers as Cloud Run did when it was recorded. */
class ReplayOfJobsTest {
    /** What the emulator knowingly does otherwise, and why. */
    private static final Map<String, String> KNOWN = Map.of(
            ".*\\.observedGeneration is not in the recording",
            "Cloud Run tells it; the recordings leave it out",
            "(POST|PATCH|DELETE) .*\\.metadata\\.reconciling is not in the recording",
            "the recordings show only how it ended",
            "(POST|PATCH) .*\\.metadata\\.terminalCondition\\.state is 2 instead of 4",
            "the recordings show only how it ended",
            ".*\\.(deleteTime|expireTime) is not in the recording",
            "the API documents them for answers to a deletion; the recordings leave them out",
            "GET /operations/.*\\.(metadata|response)\\.reconciling is not in the recording",
            "a deleted job is being acted upon until it is gone",
            ".*labels\\.custom-label is \"bar\" instead of \"foo\"",
            "an update replaces the whole job; the recording keeps the labels of its creation");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runjob-dependson",
                "runjob-iamserviceaccount",
                "runjob-labels",
                "runjob-nfsvolume",
                "runjob-sql",
                "runjob-vpcaccess"
            })
    void answers_toRecordedRequests_haveTheRecordedShapeAndDefaults(String name) {
        EmulatorClock clock = EmulatorClock.manual();
        try (CloudEmulator emulator = CloudEmulator.builder().clock(clock).start()) {
            List<Recording.Exchange> exchanges = Recording.of(name + ".http.log", "run.googleapis.com");

            assertThat(exchanges).hasSize(9);
            assertThat(new Replay(emulator, clock, KNOWN).run(exchanges)).isEmpty();
        }
    }

    @Test
    void difference_thatIsNotKnown_isFound() {
        EmulatorClock clock = EmulatorClock.manual();
        try (CloudEmulator emulator = CloudEmulator.builder().clock(clock).start()) {
            assertThat(new Replay(emulator, clock, Map.of())
                            .run(Recording.of("runjob-labels.http.log", "run.googleapis.com")))
                    .contains("GET /jobs/job-u1 .observedGeneration is not in the recording");
        }
    }
}
