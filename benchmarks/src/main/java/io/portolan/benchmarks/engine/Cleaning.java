package io.portolan.benchmarks.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.util.Map;

/** Removes what contenders left on the engine when one of them failed. */
public final class Cleaning {
    private Cleaning() {}

    /**
     * Removes the containers of one run of the benchmark that were made without the SDK.
     *
     * @param client of the engine
     * @param owner value of the label
     */
    public static void remove(DockerClient client, String owner) {
        for (Container container : client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(NoOp.LABEL, owner))
                .exec()) {
            remove(client, container);
        }
    }

    private static void remove(DockerClient client, Container container) {
        try {
            client.removeContainerCmd(container.getId()).withForce(true).exec();
        } catch (NotFoundException gone) {
            return; // as wanted
        }
    }
}
