package io.portolan.aws.internal;

import io.portolan.aws.internal.job.EcsTaskLauncher;
import io.portolan.aws.internal.log.LogTargets;
import io.portolan.aws.internal.service.EcsServiceDriver;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.spi.AttemptRef;
import io.portolan.spi.ExecutionRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the tasks of attempts and replicas for the log driver. Whether an attempt has ended is mostly known from tracking; where it is not, ECS is asked
 * at most every two seconds for each attempt, because logs must not use up the requests that status needs.
 */
final class TaskLogTargets implements LogTargets {
    private static final Duration ASK = Duration.ofSeconds(2);
    private static final int REMEMBERED = 20_000;

    private final EcsTaskLauncher launcher;
    private final EcsServiceDriver services;
    private final Clock clock;
    private final Map<String, Instant> asked = new ConcurrentHashMap<>();

    TaskLogTargets(EcsTaskLauncher launcher, EcsServiceDriver services, Clock clock) {
        this.launcher = launcher;
        this.services = services;
        this.clock = clock;
    }

    @Override
    public Optional<Target> attempt(ExecutionId execution, int index, int attempt) {
        return launcher.taskArn(execution, index, attempt)
                .map(arn -> target(launcher.record(execution), index, attempt, arn));
    }

    private Target target(ExecutionRecord record, int index, int attempt, String arn) {
        Optional<AttemptStatus> end = launcher.end(record.id(), index, attempt);
        if (end.isEmpty() && isTimeToAsk(arn)) {
            AttemptKey key = new AttemptKey(record.id(), record.specHash(), index, attempt);
            end = launcher.describe(List.of(new AttemptRef(key, arn))).stream()
                    .filter(s -> s.state() == AttemptState.ENDED || s.state() == AttemptState.GONE)
                    .findFirst();
        }
        return new Target(
                index + "/" + attempt,
                arn,
                record.job(),
                end.isPresent(),
                end.map(status -> status.timings().finishedAt()).orElse(null));
    }

    private boolean isTimeToAsk(String arn) {
        Instant now = clock.instant();
        Instant last = asked.get(arn);
        if (last != null && now.isBefore(last.plus(ASK))) {
            return false;
        }
        if (asked.size() > REMEMBERED) {
            asked.clear();
        }
        asked.put(arn, now);
        return true;
    }

    @Override
    public List<Target> replicas(String service) {
        return services.tasks(service).stream()
                .map(task -> new Target(
                        task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1),
                        task.taskArn(),
                        service,
                        "STOPPED".equals(task.lastStatus()),
                        task.stoppedAt()))
                .toList();
    }
}
