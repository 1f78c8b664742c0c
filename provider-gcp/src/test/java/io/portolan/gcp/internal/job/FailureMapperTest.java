package io.portolan.gcp.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.Condition;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureMapperTest {
    private static Condition condition(Condition.CommonReason reason, String message) {
        return Condition.newBuilder()
                .setState(Condition.State.CONDITION_FAILED)
                .setReason(reason)
                .setMessage(message)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "CONTAINER_MISSING, IMAGE_NOT_FOUND",
        "CONTAINER_PERMISSION_DENIED, IMAGE_AUTH",
        "CONTAINER_IMAGE_UNAUTHORIZED, IMAGE_AUTH",
        "CONTAINER_IMAGE_AUTHORIZATION_CHECK_FAILED, IMAGE_AUTH",
        "SECRETS_ACCESS_CHECK_FAILED, SECRET",
        "VPC_NETWORK_NOT_FOUND, PLACEMENT",
        "ENCRYPTION_KEY_PERMISSION_DENIED, PLACEMENT",
        "PROGRESS_DEADLINE_EXCEEDED, PLATFORM",
        "INTERNAL, PLATFORM",
        "UNKNOWN, PLATFORM"
    })
    void reason_ofACondition_isACause_andTheCode(Condition.CommonReason reason, FailureCause cause) {
        Failure failure = FailureMapper.of(condition(reason, "because"));

        assertThat(failure.cause()).isEqualTo(cause);
        assertThat(failure.nativeCode()).hasValue(reason.name());
        assertThat(failure.message()).isEqualTo("because");
    }

    @Test
    void reason_thatSaysLittle_isReadWithItsText() {
        assertThat(FailureMapper.of(condition(
                                Condition.CommonReason.PROGRESS_DEADLINE_EXCEEDED,
                                "Quota exceeded for NvidiaL4GpuAllocPerProjectRegion"))
                        .cause())
                .isEqualTo(FailureCause.QUOTA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The configured timeout was reached. | TIMEOUT",
                "Memory limit of 512 MiB exceeded with 513 MiB used. | OUT_OF_MEMORY",
                "Quota violated: MemAllocPerProjectRegion requested: 3 allowed: 1 | QUOTA",
                "terminated: Application failed to start: Failed to load /nope: no such file or directory | BAD_COMMAND",
                "failed to load /usr/bin/x: exec format error | BAD_IMAGE",
                "Image 'europe-docker.pkg.dev/p/r/i:1' not found. | IMAGE_NOT_FOUND",
                "Google Cloud Run Service Agent must have permission to read the image, europe-docker.pkg.dev/p/r/i | IMAGE_AUTH",
                "Secret projects/1/secrets/db/versions/latest was not found | SECRET",
                "mounting volume 'data' failed | VOLUME",
                "The request was aborted because there was no available instance. | NO_CAPACITY"
            })
    void text_isACause(String text, FailureCause cause) {
        assertThat(FailureMapper.find(text, "X")).map(Failure::cause).contains(cause);
    }

    @Test
    void text_thatIsNotKnown_isNone() {
        assertThat(FailureMapper.find("The container exited with an error.", "X"))
                .isEmpty();
    }

    @Test
    void text_thatIsMissing_isSaidSo() {
        assertThat(FailureMapper.of(Condition.getDefaultInstance()).message()).isEqualTo("Cloud Run gave no reason");
    }

    @Test
    void refusal_forAQuota_isAFailure_otherErrorsAreNone() {
        assertThat(FailureMapper.ofRefusal(new PortolanException(ErrorCode.QUOTA_EXCEEDED, "Quota violated")))
                .map(Failure::cause)
                .contains(FailureCause.QUOTA);
        assertThat(FailureMapper.ofRefusal(new PortolanException(ErrorCode.INVALID_ARGUMENT, "Image 'x' not found.")))
                .map(Failure::cause)
                .contains(FailureCause.IMAGE_NOT_FOUND);
        assertThat(FailureMapper.ofRefusal(
                        new PortolanException(ErrorCode.PERMISSION_DENIED, "no permission to read the image")))
                .isEmpty();
    }
}
