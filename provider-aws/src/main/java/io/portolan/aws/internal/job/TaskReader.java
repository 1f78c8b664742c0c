package io.portolan.aws.internal.job;

import io.portolan.aws.internal.record.ExecutionRecords;
import io.portolan.aws.internal.record.StoredRecord;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.StopReason;
import io.portolan.spi.AttemptRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Looks at attempts. ECS says the same of a task that it does not show yet and of one that it has forgotten; what this connection saw before,
 * and the journal, tell the two apart. ECS is right while it knows a task; an end that was seen once stays. Thread-safe.
 */
final class TaskReader {
    /** A task may stay unseen for this long after ECS took it. */
    static final Duration UNSEEN = Duration.ofSeconds(60);

    /** ECS remembers tokens for 24 hours. After this, another request under the same token could run the attempt twice. */
    static final Duration TOKEN = Duration.ofHours(23);

    private static final Duration SECOND_LOOK = Duration.ofSeconds(30);
    private static final String INTENT = "intent:";

    private final EcsTasks tasks;
    private final ExecutionRecords records;
    private final ExecutionBooks books;
    private final String application;
    private final Clock clock;

    TaskReader(EcsTasks tasks, ExecutionRecords records, ExecutionBooks books, String application, Clock clock) {
        this.tasks = tasks;
        this.records = records;
        this.books = books;
        this.application = application;
        this.clock = clock;
    }

    /** One status for each attempt, with one request for all of them. */
    List<AttemptStatus> describe(Collection<AttemptRef> attempts) {
        List<String> arns = attempts.stream()
                .map(AttemptRef::nativeId)
                .filter(id -> !id.startsWith(INTENT))
                .distinct()
                .toList();
        Map<String, Task> found = tasks.describe(arns);
        Map<ExecutionId, Map<AttemptKey, AttemptStatus>> listed = new HashMap<>();
        List<AttemptStatus> statuses = new ArrayList<>(attempts.size());
        for (AttemptRef attempt : attempts) {
            Task task = found.get(attempt.nativeId());
            if (task != null) {
                statuses.add(known(attempt, task));
            } else if (attempt.nativeId().startsWith(INTENT)) {
                statuses.add(listed.computeIfAbsent(attempt.key().execution(), this::byKey)
                        .getOrDefault(attempt.key(), status(attempt.key(), AttemptState.GONE, attempt.nativeId())));
            } else {
                statuses.add(missing(attempt));
            }
        }
        books.flush(books.all());
        return statuses;
    }

    /** An execution that somebody deleted must not spoil the look at the others. */
    private AttemptStatus known(AttemptRef attempt, Task task) {
        try {
            return seen(attempt.key(), task);
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.CONFLICT) {
                throw e;
            }
            return TaskMapper.of(attempt.key(), task, null);
        }
    }

    private Map<AttemptKey, AttemptStatus> byKey(ExecutionId id) {
        Map<AttemptKey, AttemptStatus> byKey = new HashMap<>();
        list(id).forEach(status -> byKey.put(status.key(), status));
        return byKey;
    }

    /** The status of an attempt whose task ECS shows. */
    AttemptStatus seen(AttemptKey key, Task task) {
        ExecutionBook book = books.of(key.execution());
        AttemptStatus status = TaskMapper.of(key, task, book.page(key).stopReason());
        return book.seen(status, task.version() == null ? 0 : task.version(), clock.instant());
    }

    private AttemptStatus missing(AttemptRef attempt) {
        ExecutionBook book;
        try {
            book = books.of(attempt.key().execution());
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.CONFLICT) {
                throw e;
            }
            return status(attempt.key(), AttemptState.GONE, attempt.nativeId());
        }
        AttemptStatus ended = book.page(attempt.key()).ended();
        if (ended == null && !isFresh(book.page(attempt.key()))) {
            books.refresh(book, SECOND_LOOK);
        }
        return forgotten(attempt.key(), book.page(attempt.key()), attempt.nativeId());
    }

    /** What is to be said of a task that was launched and that ECS does not show. */
    private AttemptStatus forgotten(AttemptKey key, ExecutionBook.Page page, String arn) {
        if (page.ended() != null) {
            return page.ended();
        }
        return AttemptStatus.builder(key, isFresh(page) ? AttemptState.STARTING : AttemptState.GONE)
                .nativeId(arn)
                .stopReason(page.stopReason())
                .build();
    }

    private boolean isFresh(ExecutionBook.Page page) {
        Instant launched = page.launchedAt() == null ? page.intentAt() : page.launchedAt();
        return launched != null && clock.instant().isBefore(launched.plus(UNSEEN));
    }

    /** Every attempt that ECS or the journal knows; empty for an execution without a record. */
    List<AttemptStatus> list(ExecutionId id) {
        StoredRecord stored = records.find(id).orElse(null);
        if (stored == null) {
            return List.of();
        }
        ExecutionBook book = books.open(stored);
        books.refresh(book, Duration.ZERO);
        Map<AttemptKey, AttemptStatus> known = new LinkedHashMap<>();
        for (Task task : tasks(stored)) {
            AttemptIdentity.of(task, id, stored.record().specHash())
                    .ifPresent(key -> known.putIfAbsent(key, seen(key, task)));
        }
        Set<AttemptKey> others = new LinkedHashSet<>(book.keys());
        others.removeAll(known.keySet());
        for (AttemptKey key : others) {
            unseen(key, book.page(key), stored.record().cancelled()).ifPresent(status -> known.put(key, status));
        }
        books.flush(List.of(book));
        return List.copyOf(known.values());
    }

    /** The tasks of an execution that ECS knows. */
    List<Task> tasks(StoredRecord stored) {
        ExecutionId id = stored.record().id();
        return tasks.of(
                AttemptIdentity.startedBy(application, stored.nonce(), id),
                "portolan-" + application + "-job-" + stored.record().job());
    }

    private Optional<AttemptStatus> unseen(AttemptKey key, ExecutionBook.Page page, boolean isCancelled) {
        if (page.ended() != null) {
            return Optional.of(page.ended());
        }
        if (page.arn() != null) {
            return Optional.of(forgotten(key, page, page.arn()));
        }
        return page.intentAt() == null
                ? Optional.empty()
                : Optional.of(intended(key, page.intentAt(), page.stopReason(), isCancelled));
    }

    /**
     * An attempt that somebody was about to launch and that ECS does not show: the launch was not made, or its task is not visible yet, or it
     * ended long ago without anybody looking. Within a day, launching again under the same token finds out; after that nobody can.
     */
    private AttemptStatus intended(AttemptKey key, Instant at, @Nullable StopReason stop, boolean isCancelled) {
        Instant now = clock.instant();
        if (!now.isBefore(at.plus(TOKEN))) {
            return lost(key, at);
        }
        if ((isCancelled || stop != null) && !now.isBefore(at.plus(UNSEEN))) {
            return AttemptStatus.builder(key, AttemptState.ENDED)
                    .stopReason(stop == null ? StopReason.CANCELLED : stop)
                    .failure(Failure.of(FailureCause.CANCELLED, "Cancelled before ECS took it"))
                    .build();
        }
        return status(key, AttemptState.PENDING, INTENT + key.index() + "/" + key.attempt()).toBuilder()
                .stopReason(stop)
                .build();
    }

    /** The verdict of an attempt that may have run, more than a day ago, and of which nothing is left. */
    static AttemptStatus lost(AttemptKey key, Instant at) {
        return AttemptStatus.builder(key, AttemptState.ENDED)
                .failure(
                        Failure.of(
                                        FailureCause.UNKNOWN,
                                        "the attempt was about to be launched at " + at
                                                + "; whether it was, ECS does not remember any more")
                                .retryable(false)
                                .hint(
                                        "look at its results and logs before you run it under another execution id; it may have succeeded"))
                .build();
    }

    private static AttemptStatus status(AttemptKey key, AttemptState state, String nativeId) {
        return AttemptStatus.builder(key, state).nativeId(nativeId).build();
    }
}
