package io.portolan.local.internal.container;

import com.github.dockerjava.api.model.Network;
import io.portolan.local.internal.engine.DockerEngine;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The network of an application, on which services find each other by name. Made with the first service; jobs join it where it is there.
 * Thread-safe.
 */
public final class ApplicationNetwork {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long ABSENT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final DockerEngine engine;
    private final String application;
    private volatile @Nullable Look last;

    /**
     * The network of one application.
     *
     * @param engine the engine
     * @param application whose
     */
    public ApplicationNetwork(DockerEngine engine, String application) {
        this.engine = engine;
        this.application = application;
    }

    /**
     * Its name, if it is there. That it was seen within the last two seconds is taken for true; that it was not, for half a second only: a
     * service that is deployed in between makes it, and the next job expects to reach that service. To deploy one takes longer than that.
     *
     * @return null if there is none
     */
    public @Nullable String existing() {
        Look look = last;
        if (look == null || System.nanoTime() - look.nanos > (look.name == null ? ABSENT_NANOS : FRESH_NANOS)) {
            look = new Look(System.nanoTime(), find());
            last = look;
        }
        return look.name;
    }

    private @Nullable String find() {
        String name = Names.network(application);
        List<Network> found = engine.read(
                "list",
                "networks",
                client -> client.listNetworksCmd().withNameFilter(name).exec());
        boolean there = found.stream().anyMatch(network -> name.equals(network.getName()));
        return there ? name : null;
    }

    /** What was seen, and when. */
    private record Look(long nanos, @Nullable String name) {}
}
