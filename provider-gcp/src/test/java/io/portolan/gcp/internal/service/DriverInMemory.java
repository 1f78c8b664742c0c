package io.portolan.gcp.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.definition.Configs;
import io.portolan.run.RevisionStatus;
import io.portolan.run.RevisionStatus.State;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.ServiceDriver.ServiceRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** A driver on a Cloud Run in memory, and a clock that pauses move. */
abstract class DriverInMemory {
    static final ServiceSpec WEB = ServiceSpec.builder("web").image("web:1").build();
    static final ServiceSpec TWO = WEB.toBuilder().env("MARK", "two").build();
    static final ServiceSpec THREE = WEB.toBuilder().env("MARK", "three").build();
    static final String DEPLOYMENT = "update annotations,client,ingress,invoker_iam_disabled,labels,scaling,template";
    static final String AROUND = "update scaling,ingress,invoker_iam_disabled";

    final FakeRunServices run = new FakeRunServices();
    private Instant time = Instant.parse("2026-11-01T10:00:00Z");
    Runnable onPause = run::settle;
    List<String> lastLines = List.of();
    final CloudRunServiceDriver driver = driver(Configs.with());

    final CloudRunServiceDriver driver(ProviderConfig config) {
        return new CloudRunServiceDriver(run, (service, revision) -> lastLines, config, new TestClock(), pause -> {
            time = time.plus(pause);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            onPause.run();
        });
    }

    private final class TestClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return time;
        }
    }

    @AfterEach
    final void noInterruptIsLeft() {
        Thread.interrupted();
    }

    final ServiceStatus deploy(ServiceSpec spec) {
        return deploy(driver, spec);
    }

    static ServiceStatus deploy(CloudRunServiceDriver driver, ServiceSpec spec) {
        return driver.deploy(new ServiceRequest(spec, SpecYaml.hash(spec), SpecYaml.write(spec)));
    }

    static PortolanException failure(ThrowingCallable call) {
        PortolanException thrown = catchThrowableOfType(PortolanException.class, call);
        assertThat(thrown).isNotNull();
        return thrown;
    }

    static List<State> states(ServiceStatus status) {
        return status.revisions().stream().map(RevisionStatus::state).toList();
    }

    final int servingNumber() {
        return driver.describe("web")
                .flatMap(ServiceStatus::serving)
                .orElseThrow()
                .number();
    }
}
