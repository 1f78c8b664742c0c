package io.portolan.local.internal.job;

import static io.portolan.local.fixture.TestEngine.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.id.AttemptKey;
import io.portolan.local.fixture.TestEngine;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.spec.JobSpec;
import io.portolan.spec.Volume;
import io.portolan.spi.AttemptLaunch;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttemptLaunchIT {
    private final TestEngine engine = new TestEngine();

    @AfterAll
    void clean() {
        engine.close();
    }

    @Test
    void attempt_thatSucceeds_endsWithExitCodeZeroAndTimings() {
        AttemptStatus status = engine.run(key("ok"), engine.job("true").build());

        assertThat(status.isSuccess()).as("%s", status).isTrue();
        assertThat(status.timings().startup()).isPresent();
        assertThat(status.timings().run())
                .get()
                .satisfies(run -> assertThat(run).isGreaterThanOrEqualTo(Duration.ZERO));
    }

    @Test
    void attempt_launchedAgainAfterItsEnd_isFoundAndNotRunAgain() {
        JobSpec spec = engine.job("sh", "-c", "echo ran >> /data/count")
                .volume("/data", Volume.named("again"))
                .build();
        AttemptKey key = key("again");
        engine.run(key, spec);

        AttemptStatus again = engine.jobs().launch(new AttemptLaunch(key, spec));
        AttemptStatus count = engine.run(
                key("again-count"),
                engine.job("sh", "-c", "exit $(wc -l < /data/count)")
                        .volume("/data", Volume.named("again"))
                        .build());

        assertThat(again.state()).isEqualTo(AttemptState.ENDED);
        assertThat(again.isSuccess()).isTrue();
        assertThat(count.exitCode()).hasValue(1);
        assertThat(engine.jobs().list(key.execution())).hasSize(1);
    }
}
