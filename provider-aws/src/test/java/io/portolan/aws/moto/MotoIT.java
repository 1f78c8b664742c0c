package io.portolan.aws.moto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.config.EngineSettings;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.Phase;
import io.portolan.spec.JobSpec;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecs.EcsClient;

/**
 * A second judge of the requests, which knows nothing of this project. moto runs no containers: each look at a task moves it on, and it ends
 * with exit code 0. It starts a second task under the same client token and knows no MISSING, so that what runs once is shown elsewhere.
 */
@Tag("moto")
@DisplayName("Against moto")
class MotoIT {
    private static final MotoServer MOTO = MotoServer.start();

    private final Cloud cloud = connect();

    @AfterAll
    static void stop() {
        MOTO.close();
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private static Cloud connect() {
        CloudConfig config = CloudConfig.builder(ProviderId.AWS)
                .application("moto")
                .engine(EngineSettings.DEFAULT.pollInterval(Duration.ofMillis(100), Duration.ofMillis(200)))
                .set("region", "us-east-1")
                .set("credentials.access-key-id", "test")
                .set("credentials.secret-access-key", "test")
                .set("endpoint", MOTO.endpoint())
                .set("subnets", MOTO.ec2("DescribeSubnets", "subnetId"))
                .set("security-groups", MOTO.ec2("DescribeSecurityGroups", "groupId")) // it fails without
                .set("execution-role", "arn:aws:iam::123456789012:role/execution")
                .build();
        Cloud cloud = Cloud.connect(config);
        cloud.unwrap(EcsClient.class).orElseThrow().createCluster(r -> r.clusterName("default"));
        return cloud;
    }

    private static JobSpec job(int tasks) {
        return JobSpec.builder("etl")
                .image("app:1")
                .args("--day", "1")
                .tasks(tasks)
                .build();
    }

    @Test
    void job_registeredRunDescribedAndListed_succeeds() {
        JobExecution execution = cloud.jobs().run(job(3), ExecutionId.of("moto-1"));

        JobResult result = execution.await(Duration.ofMinutes(1));

        assertThat(result.phase()).as(result.toString()).isEqualTo(Phase.SUCCEEDED);
        assertThat(cloud.jobs().list()).contains(ExecutionId.of("moto-1"));
    }

    @Test
    void execution_ofAnotherSpecUnderTheSameId_isAConflict() {
        cloud.jobs().run(job(1), ExecutionId.of("moto-2"));

        PortolanException error =
                catchThrowableOfType(PortolanException.class, () -> cloud.jobs().run(job(2), ExecutionId.of("moto-2")));

        assertThat(error).isNotNull();
        assertThat(error.code()).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void execution_attachedAndDeleted_isGone() {
        cloud.jobs().run(job(1), ExecutionId.of("moto-3")).await(Duration.ofMinutes(1));
        try (Cloud other = connect()) {
            JobExecution found = other.jobs().find(ExecutionId.of("moto-3")).orElseThrow();
            assertThat(found.await(Duration.ofMinutes(1)).phase()).isEqualTo(Phase.SUCCEEDED);
            found.delete();
        }

        assertThat(cloud.jobs().find(ExecutionId.of("moto-3"))).isEmpty();
        assertThat(cloud.unwrap(CloudWatchLogsClient.class)
                        .orElseThrow()
                        .describeLogGroups(r -> r.logGroupNamePrefix("/portolan/moto/execution/moto-3"))
                        .logGroups())
                .isEmpty();
    }
}
