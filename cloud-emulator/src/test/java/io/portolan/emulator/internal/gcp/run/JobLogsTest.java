package io.portolan.emulator.internal.gcp.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.GcpRest;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import io.portolan.emulator.gcp.GcpEmulator;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobLogsTest {
    @Test
    void output_ofATask_isFoundByItsExecutionAndIndex() {
        EmulatorClock clock = EmulatorClock.manual();
        try (CloudEmulator emulator = CloudEmulator.builder()
                .clock(clock)
                .containers(SimulatedContainers.running(spec -> SimulatedProgram.exiting(3)
                        .printing("task " + spec.environment().get("CLOUD_RUN_TASK_INDEX"))))
                .start()) {
            GcpRest rest = GcpRest.of(emulator);
            rest.post("jobs?jobId=a", """
                    {'startExecutionToken':'t','template':{'taskCount':2,'template':{'maxRetries':0,
                     'containers':[{'image':'app:1'}]}}}""");
            clock.advance(Duration.ofMinutes(1));

            String filter = "resource.type=`cloud_run_job` AND resource.labels.job_name=`a`"
                    + " AND labels.`run.googleapis.com/execution_name`=`a-t`"
                    + " AND labels.`run.googleapis.com/task_index`=`1`";
            var entries = rest.post(
                    "/v2/entries:list",
                    "{'resourceNames':['projects/" + GcpEmulator.PROJECT + "'],'filter':'" + filter.replace("`", "\\\"")
                            + "'}");

            assertThat(entries.status()).as(entries.message()).isEqualTo(200);
            assertThat(entries.at("/entries").findValuesAsText("textPayload"))
                    .containsExactlyInAnyOrder("task 1", "Container called exit(3).");
        }
    }
}
