package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.ContainerRuntime;
import io.portolan.emulator.gcp.ExecutionOutcome;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.LogSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** All executions of all jobs. Used with the lock held. */
final class Executions {
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX = 5;

    private final GcpContext context;
    private final ContainerRuntime engine;
    private final LogSink logs;
    private final Map<String, Entry> executions = new LinkedHashMap<>();
    private final Map<String, Deque<Execution>> ended = new HashMap<>();
    private final Random random = new Random(1);

    Executions(GcpContext context, ContainerRuntime engine, LogSink logs) {
        this.context = context;
        this.engine = engine;
        this.logs = logs;
    }

    private record Entry(Execution execution, ExecutionLife life) {}

    /**
     * Starts an execution.
     *
     * @param job whose latest one it becomes
     * @param id its short name, which is free
     * @param template with the overrides
     */
    Execution start(Job job, String id, ObjectNode template) {
        Instant now = context.clock().instant();
        Execution execution = new Execution(
                job.name,
                id,
                template,
                job.spec.path("launchStage").asText(),
                context.gcp().faults().takeExecution(job.name.id()),
                now);
        ExecutionLife life = new ExecutionLife(context, engine, logs, execution);
        executions.put(execution.name(), new Entry(execution, life));
        job.executionCount++;
        job.latest = execution;
        job.touch(now);
        execution.whenEnded(() -> ended(execution));
        life.begin();
        return execution;
    }

    /** A name that no execution has. */
    String freeId(JobName job) {
        String id;
        do {
            StringBuilder suffix = new StringBuilder();
            for (int i = 0; i < SUFFIX; i++) {
                suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            id = job.id() + "-" + suffix;
        } while (executions.containsKey(job.execution(id)));
        return id;
    }

    Optional<Execution> find(String name) {
        return Optional.ofNullable(executions.get(name)).map(Entry::execution);
    }

    /** The executions of a job, or of all jobs, the newest first. */
    List<Execution> of(JobName job) {
        List<Execution> found = new ArrayList<>();
        for (Entry entry : executions.values()) {
            JobName owner = entry.execution().job;
            if (owner.location().equals(job.location())
                    && (job.isWildcard() || owner.id().equals(job.id()))) {
                found.add(entry.execution());
            }
        }
        Collections.reverse(found);
        return found;
    }

    void cancel(Execution execution) {
        Entry entry = executions.get(execution.name());
        if (entry != null) {
            entry.life().cancel();
        }
    }

    /** Ends it, and forgets it after that. */
    void delete(Execution execution, Runnable gone) {
        execution.deleteTime = context.clock().instant();
        cancel(execution);
        Duration wait = context.gcp().phase();
        execution.whenEnded(() -> context.later(wait, () -> {
            forget(execution);
            gone.run();
        }));
    }

    private void ended(Execution execution) {
        Deque<Execution> kept = ended.computeIfAbsent(execution.job.full(), key -> new ArrayDeque<>());
        kept.addLast(execution);
        while (kept.size() > context.gcp().keptExecutions()) {
            forget(kept.getFirst());
        }
        if (execution.outcome.kind() == ExecutionOutcome.Kind.EXPIRED) {
            context.later(execution.outcome.after(), () -> forget(execution));
        }
    }

    private void forget(Execution execution) {
        executions.remove(execution.name());
        Deque<Execution> kept = ended.get(execution.job.full());
        if (kept != null) {
            kept.remove(execution);
        }
    }
}
