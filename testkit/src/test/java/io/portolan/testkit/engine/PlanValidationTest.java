package io.portolan.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.spec.JobSpec;
import io.portolan.spec.Port;
import io.portolan.spec.ServiceSpec;
import io.portolan.testkit.fake.FakeHandler;
import io.portolan.testkit.fake.FakeOperation;
import io.portolan.testkit.fake.FakePlatform;
import io.portolan.testkit.fake.FakeProgram;
import io.portolan.testkit.fake.FakeProvider;
import io.portolan.testkit.fake.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A plan holds what the platform says of the spec, if it can be asked. */
class PlanValidationTest {
    private static final JobSpec JOB = JobSpec.builder("etl").image("etl:1").build();
    private static final ServiceSpec SERVICE =
            ServiceSpec.builder("web").image("web:1").port(Port.http(8080)).build();

    private final FakePlatform platform = FakePlatform.create();
    private final Cloud cloud = Cloud.connect(
            CloudConfig.builder(FakeProvider.ID).application("plans").build(), FakeProvider.on(platform));

    @AfterEach
    void close() {
        cloud.close();
        platform.close();
    }

    @Test
    void plan_ofWhatThePlatformRefuses_isRefused() {
        platform.faults()
                .add(
                        FakeOperation.VALIDATE,
                        Fault.failing(ErrorCode.PERMISSION_DENIED).always());

        assertThatThrownBy(() -> cloud.plan(JOB))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
        assertThatThrownBy(() -> cloud.plan(SERVICE))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
    }

    @Test
    void plan_whenThePlatformCannotBeAsked_isMadeWithoutIt() {
        platform.faults().add(FakeOperation.VALIDATE, Fault.unavailable().always());

        assertThat(cloud.plan(JOB).requests()).isNotEmpty();
    }

    @Test
    void plan_ofAServiceThatIsThereAlready_asksNothing() {
        platform.program("web:1", FakeProgram.serves(request -> FakeHandler.Response.ok("")));
        cloud.services().deploy(SERVICE).awaitReady(Duration.ofSeconds(20));
        platform.faults()
                .add(
                        FakeOperation.VALIDATE,
                        Fault.failing(ErrorCode.PERMISSION_DENIED).always());

        assertThat(cloud.plan(SERVICE).hasChanges()).isFalse();
    }
}
