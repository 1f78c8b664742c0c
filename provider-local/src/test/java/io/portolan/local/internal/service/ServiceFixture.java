package io.portolan.local.internal.service;

import com.github.dockerjava.api.model.Container;
import io.portolan.local.LocalProvider;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.ServiceDriver.ServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;

/** An application of its own on the real engine. Closing it removes all that was made. */
final class ServiceFixture implements AutoCloseable {
    static final ThreadFactory THREADS = task -> {
        Thread thread = new Thread(task, "service-test");
        thread.setDaemon(true);
        return thread;
    };

    final String application;
    final DockerEngine engine;
    final LocalServiceDriver driver;

    private final Map<String, String> settings;
    private final List<AutoCloseable> opened = new ArrayList<>();

    ServiceFixture(Map<String, String> settings) {
        this("svc" + UUID.randomUUID().toString().substring(0, 8), settings);
    }

    ServiceFixture(String application, Map<String, String> settings) {
        this.application = application;
        this.settings = new LinkedHashMap<>(settings);
        this.engine = new DockerEngine(config(), new DriverContext(Clock.systemUTC(), THREADS));
        this.driver = new LocalServiceDriver(engine, config(), new DriverContext(Clock.systemUTC(), THREADS));
        WebImage.ensure(engine.client());
    }

    static ServiceRequest request(ServiceSpec spec) {
        return new ServiceRequest(spec, SpecYaml.hash(spec), SpecYaml.write(spec));
    }

    ServiceStatus deploy(ServiceSpec spec) {
        return driver.deploy(request(spec));
    }

    /** Another connection to the same application, as another JVM would have. */
    LocalServiceDriver another(Map<String, String> more) {
        settings.putAll(more);
        DriverContext context = new DriverContext(Clock.systemUTC(), THREADS);
        DockerEngine other = new DockerEngine(config(), context);
        LocalServiceDriver made = new LocalServiceDriver(other, config(), context);
        opened.add(made);
        opened.add(other);
        return made;
    }

    ProviderConfig config() {
        return new ProviderConfig(application, new LocalProvider().configKeys(), settings);
    }

    List<Container> containers() {
        return engine.read(
                "list",
                application,
                client -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(Labels.APPLICATION, application))
                        .exec());
    }

    /** All that is labelled with this application: containers, volumes, networks. */
    List<String> everything() {
        List<String> names = new ArrayList<>();
        containers().forEach(c -> names.add("container " + c.getNames()[0]));
        List<String> label = List.of(Labels.APPLICATION + "=" + application);
        engine.read(
                        "list",
                        application,
                        c -> c.listVolumesCmd().withFilter("label", label).exec())
                .getVolumes()
                .forEach(v -> names.add("volume " + v.getName()));
        engine.read(
                        "list",
                        application,
                        c -> c.listNetworksCmd().withFilter("label", label).exec())
                .forEach(n -> names.add("network " + n.getName()));
        return names;
    }

    /** Runs a command in a container and gives what it wrote. */
    static String get(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(5000);
            connection.setReadTimeout(5000);
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.services().forEach(driver::delete);
        containers()
                .forEach(c -> engine.change(
                        "remove",
                        c.getId(),
                        client -> client.removeContainerCmd(c.getId())
                                .withForce(true)
                                .withRemoveVolumes(true)
                                .exec()));
        for (String thing : everything()) {
            String name = thing.substring(thing.indexOf(' ') + 1);
            engine.change(
                    "remove",
                    name,
                    client -> thing.startsWith("volume")
                            ? client.removeVolumeCmd(name).exec()
                            : client.removeNetworkCmd(name).exec());
        }
        for (AutoCloseable one : opened) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        driver.close();
        engine.close();
    }
}
