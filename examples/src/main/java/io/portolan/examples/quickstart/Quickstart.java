package io.portolan.examples.quickstart;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.examples.weather.WeatherData;
import io.portolan.id.ProviderId;
import io.portolan.image.Image;
import io.portolan.run.OwnedResource;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;

/**
 * A data job and a service on the Docker engine of this machine: builds an image, aggregates weather observations in parallel, merges the
 * parts, serves the result, updates the service under load, and cleans up. Checks every result.
 */
public final class Quickstart {

    private final Cloud cloud;
    private final Options options;
    private final Progress progress;

    private Quickstart(Cloud cloud, Options options, Progress progress) {
        this.cloud = cloud;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Runs, and ends the JVM with a status that tells how it went.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out));
    }

    /** Runs; the exit status. */
    static int run(List<String> args, PrintStream out) {
        try {
            Options options = Options.parse(args);
            if (options.help()) {
                out.println(Options.USAGE);
                return 0;
            }
            CloudConfig config = CloudConfig.builder(ProviderId.LOCAL)
                    .application(options.application())
                    .build();
            return run(options, config, out);
        } catch (QuickstartFailure e) {
            out.println("error: " + e.getMessage());
            return e.exitCode();
        } catch (PortolanException e) {
            out.println("error: " + e.getMessage());
            return QuickstartFailure.USAGE;
        }
    }

    /** Runs on a given provider; the exit status. */
    static int run(Options options, CloudConfig config, PrintStream out) {
        Progress progress = new Progress(out);
        try (Cloud cloud = Cloud.connect(config)) {
            new Quickstart(cloud, options, progress).runSteps();
            progress.printTimings();
            progress.end("quickstart: ok");
            return 0;
        } catch (QuickstartFailure e) {
            progress.end("quickstart: failed: " + e.getMessage());
            return e.exitCode();
        } catch (PortolanException e) {
            progress.end("quickstart: failed: " + e.code() + ": " + e.getMessage());
            return e.code() == ErrorCode.UNAVAILABLE ? QuickstartFailure.UNREACHABLE : QuickstartFailure.FAILED;
        }
    }

    private void runSteps() {
        progress.step("connect", () -> {
            progress.say("provider %s, application %s", cloud.provider(), cloud.application());
            int leftovers = new CleanUp(cloud, progress).run();
            if (leftovers > 0) {
                progress.say("removed %d things of earlier runs", leftovers);
            }
        });
        try {
            work();
        } catch (RuntimeException e) {
            cleanUpAfter(e);
            throw e;
        }
        if (options.keep()) {
            progress.say("kept; the next run removes it: %s", CleanUp.names(cloud.list()));
        } else {
            progress.step("clean up", () -> new CleanUp(cloud, progress).runCompletely());
        }
    }

    private void work() {
        WeatherJobs jobs = new WeatherJobs(cloud, progress);
        WeatherService service = new WeatherService(cloud, progress);
        Image image = progress.step("build the image", () -> new WeatherImage(cloud, progress).build(options.base()));
        progress.say("%s is %s", image.reference(), image.id());
        progress.step("job 1: aggregate the parts", () -> jobs.partition(image));
        progress.step("job 2: merge the parts", () -> jobs.merge(image));
        URI endpoint = progress.step("deploy the service", () -> service.deploy(image));
        progress.step("call the service", () -> service.check(endpoint, DirectComputation.of(WeatherData.rows())));
        progress.step("list what was created", () -> showCreated(cloud.list()));
        progress.step("update the service under load", () -> service.update(image, endpoint));
    }

    private void showCreated(List<OwnedResource> created) {
        long ended = created.stream().filter(Quickstart::isEnded).count();
        progress.say("%d containers of task attempts, ended and kept for their logs", ended);
        created.stream()
                .filter(r -> !isEnded(r))
                .forEach(r -> progress.say("%s %s, %s", r.kind(), r.name(), r.state()));
    }

    private static boolean isEnded(OwnedResource resource) {
        return resource.kind().equals("container") && resource.state().equals("exited");
    }

    private void cleanUpAfter(RuntimeException failure) {
        if (options.keep()) {
            return;
        }
        try {
            progress.say("failed; cleaning up");
            new CleanUp(cloud, progress).runCompletely();
        } catch (PortolanException | QuickstartFailure e) {
            progress.say("clean-up failed too; the next run tries it again: %s", String.valueOf(e.getMessage()));
            failure.addSuppressed(e);
        }
    }
}
