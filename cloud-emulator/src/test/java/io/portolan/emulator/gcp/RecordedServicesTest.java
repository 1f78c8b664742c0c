package io.portolan.emulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The emulator answers as Cloud Run did when it was recorded. */
class RecordedServicesTest {
    /** What the emulator knowingly does otherwise, and why. */
    private static final Map<String, String> KNOWN = Map.of(
            ".*[ .](uid|uri|urls|observedGeneration|latestReadyRevision|latestCreatedRevision) is not in the recording",
            "Cloud Run tells it; the recordings leave it out",
            ".*[ .](conditions|trafficStatuses) is not in the recording",
            "Cloud Run tells it; the recordings leave it out",
            ".*[ .](traffic|scaling|template\\.scaling) is not in the recording",
            "a default that Cloud Run tells; the recordings leave it out",
            ".*\\.containers\\[0]\\.(ports|startupProbe) is not in the recording",
            "a default that Cloud Run tells; the recordings leave it out",
            ".*\\.containers\\[\\d]\\.(resources\\.cpuIdle|ports\\[0]\\.name) is not in the recording",
            "a default that Cloud Run tells; the recordings leave it out",
            ".*\\.(metadata|response)\\.(reconciling|deleteTime) is not in the recording",
            "the recordings show only how it ended",
            ".*\\.metadata\\.terminalCondition\\.state is \"CONDITION_RECONCILING\" instead of \"CONDITION_SUCCEEDED\"",
            "the recordings show only how it ended");

    @ParameterizedTest
    @ValueSource(strings = {"runservicebasic", "runservicemulticontainer", "runservicesecret", "runservicesql"})
    void answers_toRecordedRequests_haveTheRecordedShapeAndDefaults(String name) {
        EmulatorClock clock = EmulatorClock.manual();
        try (CloudEmulator emulator = CloudEmulator.builder()
                .clock(clock)
                .containers(SimulatedContainers.running(container -> SimulatedProgram.serving()))
                .start()) {
            emulator.gcp().secret("secretmanagersecret-1", "value");
            Recording recording = Recording.of(name);

            assertThat(recording.exchanges()).hasSize(9);
            assertThat(new Replay(emulator, clock, KNOWN).run(recording)).isEmpty();
        }
    }
}
