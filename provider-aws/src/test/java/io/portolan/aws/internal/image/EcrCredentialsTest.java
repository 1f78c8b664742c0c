package io.portolan.aws.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.error.PortolanException;
import io.portolan.image.RegistryCredentials;
import io.portolan.spi.RequestLimits;
import io.portolan.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EcrCredentialsTest {
    private final FakeEcr ecr = new FakeEcr();
    private final ManualClock clock = ManualClock.create();

    private EcrCredentials credentials(boolean emulated) {
        return new EcrCredentials(() -> ecr, new AwsCalls(RequestLimits.NONE), () -> "eu-central-1", emulated, clock);
    }

    @Test
    void find_registryOfTheRegion_isTheDecodedLogin() {
        EcrCredentials credentials = credentials(false);

        assertThat(credentials.registry()).isEqualTo(FakeEcr.HOST);
        assertThat(credentials.find(FakeEcr.HOST)).contains(new RegistryCredentials("tester", FakeEcr.PASSWORD));
        assertThat(credentials.find("999999999999.dkr.ecr.eu-central-1.amazonaws.com"))
                .isPresent();
    }

    @Test
    void find_otherRegistries_getNoLoginAndCostNoRequest() {
        EcrCredentials credentials = credentials(false);

        assertThat(credentials.find("docker.io")).isEmpty();
        assertThat(credentials.find("127.0.0.1:5000")).isEmpty();
        assertThat(credentials.find("123456789012.dkr.ecr.us-east-1.amazonaws.com"))
                .isEmpty();
        assertThat(credentials.find("123456789012.dkr.ecr.eu-central-1.evil.example"))
                .as("a host that only looks like ECR")
                .isEmpty();
        assertThat(ecr.requests).isEmpty();
    }

    @Test
    void find_again_keepsTheLoginUntilAnHourBeforeItExpires() {
        ecr.expiresAt = clock.instant().plus(Duration.ofHours(12));
        EcrCredentials credentials = credentials(false);
        credentials.registry();
        clock.advance(Duration.ofHours(11).minusSeconds(1));
        credentials.registry();
        int before = ecr.requests.size();
        clock.advance(Duration.ofSeconds(1));
        credentials.registry();

        assertThat(before).isEqualTo(1);
        assertThat(ecr.requests).hasSize(2);
    }

    @Test
    void registry_ofAnEmulator_isWithoutTlsOnThisMachine() {
        ecr.endpoint = "http://127.0.0.1:5000";

        EcrCredentials credentials = credentials(true);

        assertThat(credentials.isEcr("127.0.0.1:5000")).isTrue();
        assertThat(credentials.isEcr("docker.io")).isFalse();
    }

    @Test
    void registry_withoutTlsElsewhere_isRefused() {
        ecr.endpoint = "http://registry.example:5000";

        PortolanException error = catchThrowableOfType(
                PortolanException.class, () -> credentials(true).registry());

        assertThat(error.getMessage()).contains("no TLS").contains("loopback");
    }

    @Test
    void login_thatIsBroken_isAnErrorWithoutIt() {
        ecr.token = FakeEcr.base64("secret-without-colon");

        PortolanException error = catchThrowableOfType(
                PortolanException.class, () -> credentials(false).registry());

        assertThat(error).hasMessageContaining("USER:PASSWORD").hasNoCause();
        assertThat(error.getMessage()).doesNotContain("secret").doesNotContain(ecr.token);
    }

    @Test
    void toString_showsNothing() {
        EcrCredentials credentials = credentials(false);
        credentials.registry();

        assertThat(credentials.toString()).doesNotContain(FakeEcr.PASSWORD);
        assertThat(new EcrLogin("host", new RegistryCredentials("AWS", FakeEcr.PASSWORD), clock.instant()).toString())
                .doesNotContain(FakeEcr.PASSWORD);
    }
}
