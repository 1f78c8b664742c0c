package io.portolan.testkit.conformance;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.StopReason;
import io.portolan.spec.JobSpec;
import io.portolan.spi.AttemptLaunch;
import io.portolan.spi.AttemptRef;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.TaskLauncher;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Launchers that do one thing wrong. */
final class BrokenLaunchers {
    private static final AtomicInteger CONNECTIONS = new AtomicInteger();

    private BrokenLaunchers() {}

    /** Each connection knows only what it launched itself, so that an attempt runs once per connection. */
    static TaskLauncher runsTwice(TaskLauncher good) {
        String mine = "c" + CONNECTIONS.incrementAndGet();
        return new Forwarding.Launcher(good) {
            private AttemptKey hidden(AttemptKey key) {
                return new AttemptKey(key.execution(), mine + key.specHash(), key.index(), key.attempt());
            }

            private AttemptStatus shown(AttemptStatus status) {
                AttemptKey key = status.key();
                String hash = key.specHash().substring(mine.length());
                return AttemptStatus.builder(
                                new AttemptKey(key.execution(), hash, key.index(), key.attempt()), status.state())
                        .nativeId(status.nativeId().orElse(null))
                        .timings(status.timings())
                        .exitCode(
                                status.exitCode().isPresent()
                                        ? status.exitCode().getAsInt()
                                        : null)
                        .failure(status.failure().orElse(null))
                        .build();
            }

            @Override
            public List<AttemptStatus> list(ExecutionId id) {
                return good.list(id).stream()
                        .filter(s -> s.key().specHash().startsWith(mine))
                        .map(this::shown)
                        .toList();
            }

            @Override
            public AttemptStatus launch(AttemptLaunch launch) {
                return shown(good.launch(new AttemptLaunch(hidden(launch.key()), launch.spec())));
            }

            @Override
            public List<AttemptStatus> describe(Collection<AttemptRef> attempts) {
                List<AttemptRef> refs = attempts.stream()
                        .map(r -> new AttemptRef(hidden(r.key()), r.nativeId()))
                        .toList();
                return good.describe(refs).stream().map(this::shown).toList();
            }
        };
    }

    static TaskLauncher showing(TaskLauncher good, UnaryOperator<AttemptStatus> lie) {
        return new Forwarding.Launcher(good) {
            @Override
            public List<AttemptStatus> list(ExecutionId id) {
                return good.list(id).stream().map(lie).toList();
            }

            @Override
            public AttemptStatus launch(AttemptLaunch launch) {
                return lie.apply(good.launch(launch));
            }

            @Override
            public List<AttemptStatus> describe(Collection<AttemptRef> attempts) {
                return good.describe(attempts).stream().map(lie).toList();
            }
        };
    }

    static AttemptStatus alwaysSuccess(AttemptStatus status) {
        return status.state() == AttemptState.ENDED
                ? status.toBuilder()
                        .exitCode(0)
                        .signal(null)
                        .failure(null)
                        .stopReason(null)
                        .build()
                : status;
    }

    static AttemptStatus everyFailureIsAnExit(AttemptStatus status) {
        return status.failure().isPresent()
                ? status.toBuilder()
                        .failure(Failure.of(FailureCause.APP_EXIT, "it ended"))
                        .build()
                : status;
    }

    static AttemptStatus exit137IsOutOfMemory(AttemptStatus status) {
        return status.exitCode().orElse(0) == 137
                ? status.toBuilder()
                        .failure(Failure.of(FailureCause.OUT_OF_MEMORY, "killed"))
                        .build()
                : status;
    }

    static TaskLauncher changing(TaskLauncher good, UnaryOperator<JobSpec> change) {
        return new Forwarding.Launcher(good) {
            @Override
            public AttemptStatus launch(AttemptLaunch launch) {
                return good.launch(new AttemptLaunch(launch.key(), change.apply(launch.spec())));
            }
        };
    }

    static JobSpec withoutEnv(JobSpec spec) {
        return spec.toBuilder().env(Map.of()).build();
    }

    static JobSpec withSplitArgs(JobSpec spec) {
        String all = String.join(" ", spec.container().args());
        return spec.toBuilder().args(all.split("\\s+", -1)).build();
    }

    static JobSpec withWritableRoot(JobSpec spec) {
        return spec.toBuilder().readOnlyRootFilesystem(false).build();
    }

    static TaskLauncher ignoresStop(TaskLauncher good) {
        return new Forwarding.Launcher(good) {
            @Override
            public void stop(AttemptRef attempt, StopReason reason, Duration grace) {}
        };
    }

    /** A cancellation that other connections do not learn of, and that stops nothing. */
    static TaskLauncher forgetsCancel(TaskLauncher good) {
        return new Forwarding.Launcher(good) {
            @Override
            public void markCancelled(ExecutionId id) {}

            @Override
            public void stop(AttemptRef attempt, StopReason reason, Duration grace) {}
        };
    }

    /** Does not look whether the identity is taken by another spec. */
    static TaskLauncher forgetsConflict(TaskLauncher good) {
        return new Forwarding.Launcher(good) {
            @Override
            public ExecutionRecord claim(ExecutionRecord wanted) {
                good.claim(wanted);
                return wanted;
            }
        };
    }

    static TaskLauncher keepsDeleted(TaskLauncher good) {
        return new Forwarding.Launcher(good) {
            @Override
            public void delete(ExecutionId id) {}
        };
    }

    static TaskLauncher findsNothing(TaskLauncher good) {
        return new Forwarding.Launcher(good) {
            @Override
            public Optional<ExecutionRecord> find(ExecutionId id) {
                return Optional.empty();
            }
        };
    }

    /** Lets what its vendor throws through. */
    static TaskLauncher throwsVendorErrors(TaskLauncher good) {
        return new Forwarding.Launcher(good) {
            @Override
            public List<ExecutionRecord> executions() {
                try {
                    return good.executions();
                } catch (io.portolan.error.PortolanException e) {
                    throw new IllegalStateException("vendor: connection refused", e);
                }
            }
        };
    }
}
