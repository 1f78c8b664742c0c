package io.portolan.benchmarks.engine;

import io.portolan.Cloud;
import io.portolan.benchmarks.report.Line;
import io.portolan.benchmarks.report.Report;
import io.portolan.benchmarks.stats.Ratio;
import io.portolan.benchmarks.stats.Samples;
import io.portolan.config.CloudConfig;
import io.portolan.id.ProviderId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
            Measured measured = measure("No-op job, one at a time", rounds, List.of(sdk, direct, sdkLogs, directLogs));
            measured.targets(sdk, direct);
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
            Measured measured =
                    measure("No-op job, " + rounds.atOnce() + " at once", rounds, List.of(sdk, direct, tasks));
            measured.targets(sdk, direct);
            measured.compare(tasks, direct);
            measured.times();
            cloud.prune();
        }
    }

    private Cloud connect() {
        return Cloud.connect(
                CloudConfig.builder(ProviderId.LOCAL).application(work.owner()).build());
    }

    private Measured measure(String section, Rounds rounds, List<Contender> contenders) throws Exception {
        List<Contender> all = new ArrayList<>(contenders);
        all.addAll(command);
        return new Measured(section, rounds.measure(all));
    }

    /** The samples of one section. */
    private final class Measured {
        private final String section;
        private final Map<Contender, Samples> millis;

        Measured(String section, Map<Contender, Samples> millis) {
            this.section = section;
            this.millis = millis;
        }

        void targets(Contender sdk, Contender direct) {
            Ratio ofDirect = ratio(sdk, direct);
            report.add(line(sdk, direct, ofDirect).target(ofDirect, MOST_OF_DIRECT));
            for (Contender peer : command) {
                Ratio ofCommand = ratio(sdk, peer);
                report.add(line(sdk, peer, ofCommand).target(ofCommand, MOST_OF_COMMAND));
                compare(direct, peer);
            }
        }

        void compare(Contender measured, Contender reference) {
            report.add(line(measured, reference, ratio(measured, reference)));
        }

        void times() {
            millis.forEach(
                    (contender, samples) -> report.add(Line.millis(section, contender.name() + ", ms", samples)));
        }

        private Line line(Contender measured, Contender reference, Ratio ratio) {
            return Line.ratio(section, measured.name() + " / " + reference.name(), ratio);
        }

        private Ratio ratio(Contender measured, Contender reference) {
            return Ratio.of(samples(measured), samples(reference));
        }

        private Samples samples(Contender contender) {
            return Objects.requireNonNull(millis.get(contender), contender.name());
        }
    }
}
