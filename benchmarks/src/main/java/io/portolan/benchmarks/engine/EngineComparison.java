package io.portolan.benchmarks.engine;

import io.portolan.Cloud;
import io.portolan.benchmarks.report.Report;
import io.portolan.benchmarks.rounds.Comparison;
import io.portolan.benchmarks.rounds.Contender;
import io.portolan.benchmarks.rounds.Rounds;
import io.portolan.config.CloudConfig;
import io.portolan.id.ProviderId;
import java.util.ArrayList;
import java.util.List;

/** Compares a job of the SDK with the same calls on docker-java and with the {@code docker} command. */
public final class EngineComparison {
    /** Most that the SDK may take, as a multiple of direct calls. */
    private static final double MOST_OF_DIRECT = 1.05;

    /** Most that the SDK may take, as a multiple of the command. */
    private static final double MOST_OF_COMMAND = 1.0;

    private final NoOp work;
    private final Report report;
    private final List<DockerCommand> command;

    /**
     * A comparison. Leaves the command out where it is not installed.
     *
     * @param work what to run
     * @param report where results go
     */
    public EngineComparison(NoOp work, Report report) {
        this.work = work;
        this.report = report;
        this.command = DockerCommand.isInstalled() ? List.of(new DockerCommand(work)) : List.of();
    }

    /**
     * Measures one after the other.
     *
     * @param rounds how many
     * @throws Exception if a contender fails
     */
    public void sequential(Rounds rounds) throws Exception {
        try (Cloud cloud = connect();
                DirectCalls direct = new DirectCalls(work, false, 4);
                DirectCalls directLogs = new DirectCalls(work, true, 4)) {
            SdkJobs sdk = new SdkJobs(cloud, work, false);
            SdkJobs sdkLogs = new SdkJobs(cloud, work, true);
            Comparison measured =
                    measure("No-op job, one at a time", rounds, List.of(sdk, direct, sdkLogs, directLogs));
            targets(measured, sdk, direct);
            measured.compare(sdkLogs, directLogs);
            measured.times();
            cloud.prune();
        }
    }

    /**
     * Measures many at once.
     *
     * @param rounds how many
     * @throws Exception if a contender fails
     */
    public void concurrent(Rounds rounds) throws Exception {
        try (Cloud cloud = connect();
                DirectCalls direct = new DirectCalls(work, false, 2 * rounds.atOnce())) {
            SdkJobs sdk = new SdkJobs(cloud, work, false);
            SdkTasks tasks = new SdkTasks(cloud, work);
            Comparison measured =
                    measure("No-op job, " + rounds.atOnce() + " at once", rounds, List.of(sdk, direct, tasks));
            targets(measured, sdk, direct);
            measured.compare(tasks, direct);
            measured.times();
            cloud.prune();
        }
    }

    private Cloud connect() {
        return Cloud.connect(
                CloudConfig.builder(ProviderId.LOCAL).application(work.owner()).build());
    }

    private Comparison measure(String section, Rounds rounds, List<Contender> contenders) throws Exception {
        List<Contender> all = new ArrayList<>(contenders);
        all.addAll(command);
        return Comparison.of(section, report, rounds, all);
    }

    private void targets(Comparison measured, Contender sdk, Contender direct) {
        measured.target(sdk, direct, MOST_OF_DIRECT);
        for (Contender peer : command) {
            measured.target(sdk, peer, MOST_OF_COMMAND);
            measured.compare(direct, peer);
        }
    }
}
