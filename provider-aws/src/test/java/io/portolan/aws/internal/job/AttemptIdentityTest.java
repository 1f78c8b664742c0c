package io.portolan.aws.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

class AttemptIdentityTest {
    @Test
    void clientToken_ofTheSameAttempt_isTheSame() {
        assertThat(AttemptIdentity.clientToken("shop", "n", Launches.key(3, 1)))
                .isEqualTo(AttemptIdentity.clientToken("shop", "n", Launches.key(3, 1)))
                .startsWith("nightly-1-3-1-");
    }

    @Test
    void clientToken_ofAnythingElse_isAnother() {
        Set<String> tokens = new HashSet<>(List.of(
                AttemptIdentity.clientToken("shop", "n", Launches.key(3, 1)),
                AttemptIdentity.clientToken("shop", "n", Launches.key(3, 2)),
                AttemptIdentity.clientToken("shop", "n", Launches.key(31, 1)),
                AttemptIdentity.clientToken("shop", "m", Launches.key(3, 1)),
                AttemptIdentity.clientToken("bank", "n", Launches.key(3, 1)),
                AttemptIdentity.clientToken("shop", "n", new AttemptKey(Launches.ID, "other", 3, 1)),
                AttemptIdentity.clientToken(
                        "shop", "n", new AttemptKey(ExecutionId.of("nightly-2"), Launches.HASH, 3, 1))));

        assertThat(tokens).hasSize(7);
    }

    @Test
    void names_ofTheLongestId_areAsLongAsEcsTakes() {
        ExecutionId longest = ExecutionId.of("x".repeat(ExecutionId.MAX_LENGTH));
        AttemptKey key = new AttemptKey(longest, "h", Integer.MAX_VALUE, 10);

        assertThat(AttemptIdentity.clientToken("shop", "n", key)).hasSizeLessThanOrEqualTo(64);
        assertThat(AttemptIdentity.startedBy("shop", "n", longest))
                .hasSizeLessThanOrEqualTo(128)
                .matches("[A-Za-z0-9/_-]+");
    }

    @Test
    void of_aTaskOfOurs_isReadFromItsOverrides() {
        RunTaskRequest request = RunTaskMapper.of(Launches.launch(2, 1), "arn", AwsSettings.of(Launches.CONFIG), "n");
        Task task = Task.builder().overrides(request.overrides()).build();

        assertThat(AttemptIdentity.of(task, Launches.ID, Launches.HASH)).hasValue(Launches.key(2, 1));
        assertThat(AttemptIdentity.of(task, ExecutionId.of("other"), Launches.HASH))
                .isEmpty();
    }

    @Test
    void of_aTaskOfAnotherKind_isEmpty() {
        assertThat(AttemptIdentity.of(Task.builder().build(), Launches.ID, Launches.HASH))
                .isEmpty();
    }
}
