package io.portolan.aws.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.json.NativeJson;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.spec.JobSpec;
import io.portolan.spi.AttemptLaunch;
import org.junit.jupiter.api.Test;

class JobOverridesTest {
    private static final AttemptKey KEY = new AttemptKey(ExecutionId.of("e1"), "h", 0, 0);

    private static String overrides(JobSpec job) {
        return NativeJson.render(JobOverrides.of(new AttemptLaunch(KEY, job), AwsSettings.of(Configs.with(), job)))
                .toString();
    }

    private static JobSpec job(int length) {
        return JobSpec.builder("etl")
                .image("etl")
                .args("a")
                .env("LONG", "x".repeat(length))
                .build();
    }

    @Test
    void of_short_hasArgumentsAndAllVariables() {
        assertThat(overrides(job(1)))
                .isEqualTo("{\"containerOverrides\":[{\"name\":\"Main\",\"command\":[\"a\"],\"environment\":["
                        + "{\"name\":\"LONG\",\"value\":\"x\"},{\"name\":\"CLOUD_RUN_JOB\",\"value\":\"etl\"},"
                        + "{\"name\":\"CLOUD_RUN_EXECUTION\",\"value\":\"e1\"},"
                        + "{\"name\":\"CLOUD_RUN_TASK_INDEX\",\"value\":\"0\"},"
                        + "{\"name\":\"CLOUD_RUN_TASK_COUNT\",\"value\":\"1\"},"
                        + "{\"name\":\"CLOUD_RUN_TASK_ATTEMPT\",\"value\":\"0\"}]}]}");
    }

    @Test
    void of_longest_isWithinTheLimit_andOneMoreIsLeftToTheDefinition() {
        int longest = 1;
        while (JobOverrides.fits(job(longest + 1))) {
            longest++;
        }

        assertThat(overrides(job(longest))).hasSizeBetween(8000, JobOverrides.LONGEST);
        assertThat(overrides(job(longest + 1)))
                .doesNotContain("LONG", "command")
                .contains("CLOUD_RUN_TASK_ATTEMPT");
    }
}
