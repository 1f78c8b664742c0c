package io.portolan.gcp.internal.job;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.ExecutionReference;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.Task;
import com.google.protobuf.Timestamp;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Cloud Run jobs in memory: tokens, etags, reconciliation; and answers that get lost. */
final class FakeRunJobs implements RunJobs {
    private static final int PAGE = 100;

    final List<String> requests = new CopyOnWriteArrayList<>();

    /** Names of all executions that were ever made. */
    final List<String> made = new CopyOnWriteArrayList<>();

    private final Clock clock;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Map<String, Execution> executions = new LinkedHashMap<>();
    private final Map<String, List<Task>> tasks = new HashMap<>();
    private final Map<String, Deque<PortolanException>> refusals = new HashMap<>();
    private final Map<String, Deque<PortolanException>> losses = new HashMap<>();
    private boolean isSlow;
    private @Nullable Condition failing;
    private int etags;

    FakeRunJobs(Clock clock) {
        this.clock = clock;
    }

    /** From now on a start is honoured only by {@link #honour}. */
    synchronized void slow() {
        isSlow = true;
    }

    /** From now on jobs do not become ready. */
    synchronized void failing(Condition.CommonReason reason, String message) {
        failing = Condition.newBuilder()
                .setType("Ready")
                .setState(Condition.State.CONDITION_FAILED)
                .setReason(reason)
                .setMessage(message)
                .build();
    }

    /** The next request of this name has no effect. */
    synchronized void refuse(String request, ErrorCode code, String message) {
        refusals.computeIfAbsent(request, name -> new ArrayDeque<>()).add(new PortolanException(code, message));
    }

    /** The next request of this name has its effect, but its answer is lost. */
    synchronized void lose(String request, ErrorCode code) {
        losses.computeIfAbsent(request, name -> new ArrayDeque<>()).add(new PortolanException(code, "lost"));
    }

    /** What was asked for is done. */
    synchronized void honour() {
        List.copyOf(jobs.keySet()).forEach(this::reconcile);
    }

    synchronized Job theJob() {
        return jobs.values().iterator().next();
    }

    synchronized Execution theExecution() {
        return executions.values().iterator().next();
    }

    synchronized void change(String execution, UnaryOperator<Execution.Builder> change) {
        executions.computeIfPresent(
                execution, (name, known) -> change.apply(known.toBuilder()).build());
    }

    synchronized void changeJob(UnaryOperator<Job.Builder> change) {
        Job job = theJob();
        jobs.put(job.getName(), change.apply(job.toBuilder()).build());
    }

    synchronized void tasks(String execution, Task... all) {
        tasks.put(execution, List.of(all));
    }

    synchronized void forget(String execution) {
        executions.remove(execution);
    }

    long count(String request) {
        return requests.stream().filter(request::equals).count();
    }

    private void enter(String request) {
        requests.add(request);
        Deque<PortolanException> refused = refusals.get(request);
        if (refused != null && !refused.isEmpty()) {
            throw refused.poll();
        }
    }

    private void leave(String request) {
        Deque<PortolanException> lost = losses.get(request);
        if (lost != null && !lost.isEmpty()) {
            throw lost.poll();
        }
    }

    private Timestamp now() {
        Instant now = clock.instant();
        return Timestamp.newBuilder()
                .setSeconds(now.getEpochSecond())
                .setNanos(now.getNano())
                .build();
    }

    private void reconcile(String name) {
        Job job = jobs.get(name);
        if (job == null || !job.getReconciling()) {
            return;
        }
        Job.Builder settled = job.toBuilder().setReconciling(false).setObservedGeneration(job.getGeneration());
        if (failing != null) {
            jobs.put(name, settled.setTerminalCondition(failing).build());
            return;
        }
        settled.setTerminalCondition(
                Condition.newBuilder().setType("Ready").setState(Condition.State.CONDITION_SUCCEEDED));
        if (!job.getStartExecutionToken().isEmpty()) {
            String execution = new ExecutionName(name, job.getStartExecutionToken()).full();
            if (!executions.containsKey(execution)) {
                make(execution, job);
            }
            settled.setLatestCreatedExecution(ExecutionReference.newBuilder()
                    .setName(execution.substring(execution.lastIndexOf('/') + 1))
                    .setCreateTime(now()));
        }
        jobs.put(name, settled.build());
    }

    private void make(String execution, Job job) {
        made.add(execution);
        executions.put(
                execution,
                Execution.newBuilder()
                        .setName(execution)
                        .setJob(job.getName())
                        .setCreateTime(now())
                        .putAllLabels(job.getTemplate().getLabelsMap())
                        .putAllAnnotations(job.getTemplate().getAnnotationsMap())
                        .setTaskCount(job.getTemplate().getTaskCount())
                        .setTemplate(job.getTemplate().getTemplate())
                        .build());
    }

    private void put(String name, Job job, long generation) {
        jobs.put(
                name,
                job.toBuilder()
                        .setName(name)
                        .setEtag("etag-" + ++etags)
                        .setGeneration(generation)
                        .setReconciling(true)
                        .setCreateTime(now())
                        .build());
        if (!isSlow) {
            reconcile(name);
        }
    }

    @Override
    public synchronized Optional<Job> job(String name) {
        enter("GetJob");
        return Optional.ofNullable(jobs.get(name));
    }

    @Override
    public synchronized List<Job> jobs(String location) {
        enter("ListJobs");
        return List.copyOf(jobs.values());
    }

    @Override
    public synchronized void create(String location, String id, Job job) {
        enter("CreateJob");
        String name = location + "/jobs/" + id;
        if (jobs.containsKey(name)) {
            throw new PortolanException(ErrorCode.ALREADY_EXISTS, "Resource '" + id + "' already exists.");
        }
        put(name, job, 1);
        leave("CreateJob");
    }

    @Override
    public synchronized void update(Job job) {
        enter("UpdateJob");
        Job known = jobs.get(job.getName());
        if (known == null) {
            throw new PortolanException(ErrorCode.NOT_FOUND, "no such job");
        }
        if (!job.getEtag().equals(known.getEtag())) {
            throw new PortolanException(ErrorCode.CONFLICT, "version was specified but current version is another");
        }
        put(
                job.getName(),
                job.toBuilder()
                        .setLatestCreatedExecution(known.getLatestCreatedExecution())
                        .setTerminalCondition(known.getTerminalCondition())
                        .setObservedGeneration(known.getObservedGeneration())
                        .build(),
                known.getGeneration() + 1);
        leave("UpdateJob");
    }

    @Override
    public synchronized void delete(String job, String etag) {
        enter("DeleteJob");
        Job known = jobs.get(job);
        if (known != null && !known.getEtag().equals(etag)) {
            throw new PortolanException(ErrorCode.CONFLICT, "version was specified but current version is another");
        }
        jobs.remove(job);
        executions.keySet().removeIf(name -> name.startsWith(job + "/"));
        leave("DeleteJob");
    }

    @Override
    public synchronized Optional<Execution> execution(String name) {
        enter("GetExecution");
        return Optional.ofNullable(executions.get(name));
    }

    @Override
    public void executions(String job, Predicate<List<Execution>> isEnough) {
        List<Execution> all;
        synchronized (this) {
            enter("ListExecutions");
            all = new ArrayList<>(executions.values().stream()
                    .filter(execution -> execution.getName().startsWith(job + "/"))
                    .toList());
        }
        boolean enough = false;
        for (int from = 0; !enough && from < all.size(); from += PAGE) {
            enough = isEnough.test(all.subList(from, Math.min(all.size(), from + PAGE)));
        }
    }

    @Override
    public synchronized void cancel(String execution) {
        enter("CancelExecution");
        change(
                execution,
                known -> known.addConditions(Condition.newBuilder()
                        .setType("Completed")
                        .setState(Condition.State.CONDITION_RECONCILING)
                        .setExecutionReason(Condition.ExecutionReason.CANCELLING)));
        leave("CancelExecution");
    }

    @Override
    public synchronized void deleteExecution(String execution) {
        enter("DeleteExecution");
        executions.remove(execution);
        leave("DeleteExecution");
    }

    @Override
    public synchronized List<Task> tasks(String execution) {
        enter("ListTasks");
        return tasks.getOrDefault(execution, List.of());
    }
}
