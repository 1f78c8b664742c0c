package io.portolan.examples.quickstart;

import static io.portolan.examples.quickstart.QuickstartFailure.require;

import io.portolan.Cloud;
import io.portolan.examples.weather.MonthReport;
import io.portolan.image.Image;
import io.portolan.run.ReplicaStatus;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.Volume;
import io.portolan.spec.VolumeMount;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** The service: two replicas that serve the result, and their update while clients ask. */
final class WeatherService {

    static final String NAME = "weather";

    private static final int REPLICAS = 2;
    private static final int CLIENTS = 4;
    private static final int ANSWERS = 200;
    private static final Duration READY = Duration.ofMinutes(2);

    private final Cloud cloud;
    private final Progress progress;

    WeatherService(Cloud cloud, Progress progress) {
        this.cloud = cloud;
        this.progress = progress;
    }

    static ServiceSpec spec(Image image, String version) {
        return ServiceSpec.builder(NAME)
                .image(image)
                .args("serve", WeatherJobs.DIRECTORY)
                .env("VERSION", version)
                .volume(new VolumeMount(WeatherJobs.DIRECTORY, Volume.named(WeatherJobs.VOLUME), true))
                .resources(WeatherJobs.SIZE)
                .port(Port.http(8080))
                .scaling(Scaling.fixed(REPLICAS))
                .readiness(Probe.http("/healthz").interval(Duration.ofMillis(250)))
                .build();
    }

    /** Deploys; where the service is reached. */
    URI deploy(Image image) {
        ServiceStatus status = cloud.services().deploy(spec(image, "1")).awaitReady(READY);
        long ready = status.replicas().stream().filter(ReplicaStatus::ready).count();
        require(ready == REPLICAS, "the service has " + ready + " ready replicas, not " + REPLICAS);
        URI endpoint = status.endpoint().orElseThrow(() -> new QuickstartFailure("the service has no endpoint"));
        progress.say("%d replicas ready at %s", ready, endpoint);
        return endpoint;
    }

    /** Asks for the result and compares it with what it must be. */
    void check(URI endpoint, List<MonthReport> expected) {
        List<MonthReport> served = get(endpoint.resolve("/months"))
                .lines()
                .skip(1)
                .map(MonthReport::parse)
                .toList();
        progress.print(ResultTable.render(served));
        for (MonthReport month : expected) {
            require(served.contains(month), "the service does not give " + month + ", which the data says");
        }
        require(
                served.size() == expected.size(),
                "the service gives " + served.size() + " months, not " + expected.size());
        progress.say("all %d months are what a direct computation gives", expected.size());
    }

    /** Deploys a second revision while clients ask; none of their requests may fail. */
    void update(Image image, URI endpoint) {
        URI asked = endpoint.resolve("/months?city=Seattle");
        try (RequestLoad load = new RequestLoad(asked, get(asked))) {
            load.start(CLIENTS);
            require(load.await("1", ANSWERS, READY), "version 1 does not answer: " + load.firstFailure());
            progress.say("%d clients ask without pause; deploying version 2", CLIENTS);
            ServiceStatus status = cloud.services().deploy(spec(image, "2")).awaitReady(READY);
            progress.say("revision %d serves", status.serving().orElseThrow().number());
            require(load.await("2", ANSWERS, READY), "version 2 does not answer: " + load.firstFailure());
            load.stop();
            int requests = load.answers("1") + load.answers("2") + load.failed();
            progress.say(
                    "%d requests, %d answered by version 1, %d by version 2, %d failed",
                    requests, load.answers("1"), load.answers("2"), load.failed());
            require(load.failed() == 0, load.failed() + " requests failed; the first: " + load.firstFailure());
        }
    }

    private static String get(URI uri) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            require(answer.statusCode() == 200, uri + " answers with status " + answer.statusCode());
            return answer.body();
        } catch (IOException e) {
            throw new QuickstartFailure(uri + " does not answer: " + e);
        } catch (InterruptedException e) {
            throw QuickstartFailure.interrupted();
        }
    }
}
