package io.portolan.benchmarks.aws;

import io.portolan.Cloud;
import io.portolan.aws.AwsProvider;
import io.portolan.benchmarks.report.Line;
import io.portolan.benchmarks.report.Report;
import io.portolan.benchmarks.rounds.Comparison;
import io.portolan.benchmarks.rounds.Contender;
import io.portolan.benchmarks.rounds.Rounds;
import io.portolan.testkit.UnlimitedProvider;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Compares a job of the SDK with the same task started and awaited by hand. */
public final class EcsComparison {
    /** Most that the SDK may take, as a multiple of calls by hand. */
    private static final double MOST = 1.05;

    private static final int COUNTED_JOBS = 5;

    private final EmulatedEcs endpoint;
    private final Report report;

    /**
     * A comparison.
     *
     * @param endpoint what both call
     * @param report where results go
     */
    public EcsComparison(EmulatedEcs endpoint, Report report) {
        this.endpoint = endpoint;
        this.report = report;
    }

    /**
     * Measures.
     *
     * @param poll how long both wait before each look
     * @param rounds how many
     * @throws Exception if a contender fails
     */
    public void measure(Duration poll, Rounds rounds) throws Exception {
        String section = (rounds.atOnce() == 1 ? "ECS job, one at a time" : "ECS job, " + rounds.atOnce() + " at once")
                + ", a look every " + poll.toMillis() + " ms";
        // The emulator has no request buckets, and the reference knows none.
        UnlimitedProvider provider = new UnlimitedProvider(new AwsProvider());
        try (Cloud cloud = Cloud.connect(EmulatedEcs.config(endpoint.endpoint(), poll), provider);
                VendorClients clients = new VendorClients(endpoint.endpoint());
                EcsClient ecs = clients.ecs()) {
            AwsJobs sdk = new AwsJobs(cloud);
            sdk.once();
            // What the SDK has registered now, both run.
            VendorCalls vendor = new VendorCalls(
                    ecs, ecs.listTaskDefinitions().taskDefinitionArns().get(0), poll);
            Comparison measured = Comparison.of(section, report, rounds, List.of(sdk, vendor));
            if (rounds.atOnce() == 1) {
                measured.target(sdk, vendor, MOST);
            } else {
                // No target: with the clouds' request buckets away, this is how fast one machine is emulator and both
                // contenders.
                measured.compare(sdk, vendor);
            }
            measured.times();
            if (rounds.atOnce() == 1) {
                report.add(Line.count(section, "requests of one job, SDK", requests(sdk)));
                report.add(Line.count(section, "requests of one job, AWS SDK", requests(vendor)));
            }
        }
    }

    private double requests(Contender contender) throws Exception {
        int before = endpoint.requests();
        for (int i = 0; i < COUNTED_JOBS; i++) {
            contender.once();
        }
        return (double) (endpoint.requests() - before) / COUNTED_JOBS;
    }
}
