package io.portolan.benchmarks;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Version;
import io.portolan.benchmarks.Options.Section;
import io.portolan.benchmarks.aws.EcsComparison;
import io.portolan.benchmarks.aws.EmulatedEcs;
import io.portolan.benchmarks.engine.Cleaning;
import io.portolan.benchmarks.engine.Clients;
import io.portolan.benchmarks.engine.EngineComparison;
import io.portolan.benchmarks.engine.NoOp;
import io.portolan.benchmarks.engine.TestImage;
import io.portolan.benchmarks.report.Json;
import io.portolan.benchmarks.report.Report;
import io.portolan.benchmarks.report.TextTable;
import io.portolan.benchmarks.rounds.Rounds;
import io.portolan.benchmarks.startup.StartUp;
import io.portolan.benchmarks.tracking.TrackingCost;
import io.portolan.benchmarks.weight.InheritedWeight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The command: measures everything and prints a table. */
public final class Benchmark {
    private static final int MANY = 50;
    private static final int TRACKED = 2_000;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Options options;
    private final Report report = new Report();

    private Benchmark(Options options) {
        this.options = options;
    }

    /**
     * Measures.
     *
     * @param arguments see {@code --help}
     * @throws Exception if something cannot be measured
     */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(new Benchmark(options).run());
    }

    private int run() throws Exception {
        measure();
        System.out.print(TextTable.of(report));
        if (options.json() != null) {
            Files.writeString(options.json(), Json.of(report));
        }
        report.missed().forEach(line -> System.err.println("missed: " + line.section() + ": " + line.name()));
        return options.check() && !report.missed().isEmpty() ? 1 : 0;
    }

    private void measure() throws Exception {
        describe();
        if (options.measures(Section.TRACKING)) {
            progress("tracking " + TRACKED + " executions on a platform in memory");
            new TrackingCost(TRACKED, options.quick() ? 3 : 20).measure(report);
        }
        if (options.measures(Section.AWS)) {
            measureAws();
        }
        if (options.measures(Section.ENGINE)) {
            measureEngine();
        }
    }

    private void measureAws() throws Exception {
        new InheritedWeight(Path.of("")).measure(report);
        try (EmulatedEcs endpoint = EmulatedEcs.start()) {
            progress("starting JVMs that ask AWS");
            StartUp.ofAws(endpoint.endpoint()).measure(options.quick() ? 2 : 15, report);
            EcsComparison comparison = new EcsComparison(endpoint, report);
            progress("running jobs on the emulated ECS one at a time");
            comparison.measure(POLL, options.quick() ? new Rounds(3, 5, 1) : new Rounds(20, 60, 1));
            progress("running " + MANY + " jobs on the emulated ECS at once");
            comparison.measure(POLL, options.quick() ? new Rounds(1, 2, MANY) : new Rounds(5, 15, MANY));
        }
    }

    private void measureEngine() throws Exception {
        String owner = "bench-" + ProcessHandle.current().pid();
        try (DockerClient client = Clients.open(4)) {
            Version engine = client.versionCmd().exec();
            report.machine("engine", engine.getVersion() + ", API " + engine.getApiVersion());
            String image = options.image() == null ? TestImage.prepare(client) : options.image();
            EngineComparison comparison = new EngineComparison(new NoOp(image, owner), report);
            try {
                progress("starting JVMs that ask the engine");
                StartUp.ofEngine(owner).measure(options.quick() ? 2 : 12, report);
                progress("running containers one at a time");
                comparison.sequential(options.quick() ? new Rounds(1, 3, 1) : new Rounds(40, 50, 1));
                progress("running " + MANY + " containers at once");
                comparison.concurrent(options.quick() ? new Rounds(0, 1, MANY) : new Rounds(3, 9, MANY));
            } finally {
                Cleaning.remove(client, owner);
            }
        }
    }

    private void describe() {
        Runtime runtime = Runtime.getRuntime();
        report.machine("JVM", Runtime.version() + ", " + runtime.availableProcessors() + " processors");
        report.machine("note", "ratios hold from machine to machine, milliseconds do not");
    }

    private static void progress(String what) {
        System.err.println("* " + what);
    }
}
