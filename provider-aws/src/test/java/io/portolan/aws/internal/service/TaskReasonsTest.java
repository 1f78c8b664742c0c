package io.portolan.aws.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.aws.internal.service.TaskReasons.Weight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

class TaskReasonsTest {
    private static Task task(String stoppedReason, TaskStopCode code, Container... containers) {
        return Task.builder()
                .stoppedReason(stoppedReason)
                .stopCode(code)
                .containers(containers)
                .build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): web:9: not found | FINAL",
                "CannotPullContainerError: AccessDenied: User is not authorized; access denied | FINAL",
                "CannotPullContainerError: 429 Too Many Requests - toomanyrequests | NONE",
                "ResourceInitializationError: unable to pull secrets or registry auth | FINAL",
                "CannotStartContainerError: exec format error | FINAL",
                "Task failed ELB health checks in (target-group tg) | FINAL",
                "Scaling activity initiated by deployment ecs-svc/1 | NONE",
                "RESOURCE:MEMORY | NONE"
            })
    void weight_byReason_saysWhetherTheNextEndsTheSame(String reason, Weight weight) {
        assertThat(TaskReasons.weight(task(reason, TaskStopCode.TASK_FAILED_TO_START)))
                .isEqualTo(weight);
    }

    @Test
    void weight_ofAProgramThatEnded_isACrash() {
        Task ended = task(
                "Essential container in task exited",
                TaskStopCode.ESSENTIAL_CONTAINER_EXITED,
                Container.builder().name("Main").exitCode(7).build());

        assertThat(TaskReasons.weight(ended)).isEqualTo(Weight.CRASH);
        assertThat(TaskReasons.text(ended))
                .isEqualTo("Essential container in task exited; container Main ended with exit code 7");
    }

    @Test
    void text_ofAnImageThatIsNotNamed_namesIt() {
        Task ended = task(
                "CannotPullContainerError: not found",
                TaskStopCode.TASK_FAILED_TO_START,
                Container.builder().name("Main").image("repo/web:9").build());

        assertThat(TaskReasons.text(ended)).endsWith("(image repo/web:9)");
    }
}
