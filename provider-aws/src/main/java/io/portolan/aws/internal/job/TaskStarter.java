package io.portolan.aws.internal.job;

import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.definition.TaskDefinitionMapper;
import io.portolan.aws.internal.record.Fact;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import io.portolan.id.AttemptKey;
import io.portolan.id.ProviderId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.spi.AttemptLaunch;
import io.portolan.spi.AttemptRef;
import io.portolan.spi.ProviderConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Launches attempts, each at most once: the intent is in the journal before the request, and the token of the request is the attempt's. As
 * long as ECS remembers tokens, asking again finds the task that is there; later, nothing is launched that may have been launched. Thread-safe.
 */
final class TaskStarter {
    /** A book that was read longer ago may miss an intent that another JVM wrote and whose token ECS has forgotten. */
    private static final Duration READ_AGAIN = Duration.ofHours(12);

    private final EcsTasks tasks;
    private final TaskReader reader;
    private final ExecutionBooks books;
    private final Definitions definitions;
    private final ProviderConfig config;
    private final Supplier<String> region;
    private final Clock clock;

    /** Where task definitions come from. */
    interface Definitions {
        /** The ARN of a definition that holds this. */
        String arnOf(RegisterTaskDefinitionRequest request);

        /** ECS says that it is not active any more. */
        void forget(String arn);
    }

    TaskStarter(
            EcsTasks tasks,
            TaskReader reader,
            ExecutionBooks books,
            Definitions definitions,
            ProviderConfig config,
            Supplier<String> region,
            Clock clock) {
        this.tasks = tasks;
        this.reader = reader;
        this.books = books;
        this.definitions = definitions;
        this.config = config;
        this.region = region;
        this.clock = clock;
    }

    AttemptStatus launch(AttemptLaunch launch) {
        AttemptKey key = launch.key();
        ExecutionBook book = books.of(key.execution(), READ_AGAIN);
        ExecutionBook.Page page = book.page(key);
        if (page.ended() != null) {
            return page.ended();
        }
        if (page.arn() != null) {
            return reader.describe(List.of(new AttemptRef(key, page.arn()))).get(0);
        }
        Instant now = clock.instant();
        if (page.intentAt() != null && !now.isBefore(page.intentAt().plus(TaskReader.TOKEN))) {
            return reader.list(key.execution()).stream()
                    .filter(status -> status.key().equals(key))
                    .findFirst()
                    .orElseGet(() -> TaskReader.lost(key, Objects.requireNonNullElse(page.intentAt(), now)));
        }
        AwsSettings settings = AwsSettings.of(config, launch.spec());
        RunTaskRequest request = RunTaskMapper.of(
                launch,
                definitions.arnOf(TaskDefinitionMapper.job(launch.spec(), settings, region.get())),
                settings,
                book.nonce());
        if (page.intentAt() == null) {
            books.write(key.execution(), new Fact.Intent(key.index(), key.attempt(), now));
            book.intended(key, now);
        }
        return run(key, request, book);
    }

    private AttemptStatus run(AttemptKey key, RunTaskRequest request, ExecutionBook book) {
        RunTaskResponse answer;
        try {
            answer = tasks.run(request, key.toString());
        } catch (PortolanException e) {
            return refused(key, request, book, e);
        }
        if (!answer.tasks().isEmpty()) {
            Task task = answer.tasks().get(0);
            book.launched(key, task.taskArn(), clock.instant());
            return reader.seen(key, task);
        }
        if (answer.failures().isEmpty()) {
            throw PortolanException.builder(
                            ErrorCode.PROVIDER_ERROR, "ECS answered RunTask with neither a task nor a failure")
                    .retryability(Retryability.UNKNOWN_OUTCOME)
                    .provider(ProviderId.AWS.value())
                    .operation("ecs:RunTask")
                    .resource(key.toString())
                    .build();
        }
        software.amazon.awssdk.services.ecs.model.Failure failure =
                answer.failures().get(0);
        String said = text(failure.reason()) + (failure.detail() == null ? "" : " " + failure.detail());
        return unplaced(key, book, said, text(failure.reason()));
    }

    /**
     * ECS took the request and placed nothing. What other tasks or the cloud may free is asked for again, under the same token: with
     * failures in the answer nothing was launched, and ECS keeps a token for the tasks that it stands for.
     */
    private AttemptStatus unplaced(AttemptKey key, ExecutionBook book, String said, String code) {
        Failure failure = FailureMapper.find(said, code)
                .orElseGet(() -> Failure.of(FailureCause.PLACEMENT, FailureMapper.shown(said))
                        .nativeCode(code));
        if (failure.isRetryable()) {
            throw PortolanException.builder(
                            ErrorCode.UNAVAILABLE,
                            "ECS has no place for the task now: " + failure.message()
                                    + failure.hint().map(hint -> ". " + hint).orElse(""))
                    .nativeCode(code)
                    .provider(ProviderId.AWS.value())
                    .operation("ecs:RunTask")
                    .resource(key.toString())
                    .build();
        }
        return over(key, book, failure);
    }

    private AttemptStatus refused(AttemptKey key, RunTaskRequest request, ExecutionBook book, PortolanException error) {
        Optional<String> existing = existing(error);
        if (existing.isPresent()) {
            book.launched(key, existing.get(), clock.instant());
            return reader.describe(List.of(new AttemptRef(key, existing.get()))).get(0);
        }
        String said = text(error.getMessage());
        String code = error.nativeCode().orElse(error.code().name());
        if (error.code() == ErrorCode.INVALID_ARGUMENT && said.contains("TaskDefinition is inactive")) {
            definitions.forget(request.taskDefinition());
            throw error.toBuilder().retryability(Retryability.YES).build();
        }
        if (error.code() == ErrorCode.QUOTA_EXCEEDED) {
            return over(
                    key,
                    book,
                    FailureMapper.find(said, code)
                            .orElseGet(
                                    () -> Failure.of(FailureCause.QUOTA, said).nativeCode(code)));
        }
        if (code.equals("ClusterNotFoundException")) {
            return over(
                    key,
                    book,
                    Failure.of(FailureCause.PLACEMENT, said)
                            .nativeCode(code)
                            .hint("Make the cluster, or name another in portolan.aws.cluster"));
        }
        if (error.code() == ErrorCode.INVALID_ARGUMENT || error.code() == ErrorCode.UNSUPPORTED) {
            return unplaced(key, book, said, code);
        }
        throw error;
    }

    /** Under the token of this attempt a task runs already; it was asked for a little differently, by another version or configuration. */
    private static Optional<String> existing(PortolanException error) {
        return error.getCause() instanceof ConflictException conflict
                ? conflict.resourceIds().stream().findFirst()
                : Optional.empty();
    }

    private AttemptStatus over(AttemptKey key, ExecutionBook book, Failure failure) {
        AttemptStatus status = book.seen(
                AttemptStatus.builder(key, AttemptState.ENDED).failure(failure).build(), 0, clock.instant());
        books.flush(List.of(book));
        return status;
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
