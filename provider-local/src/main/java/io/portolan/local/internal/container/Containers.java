package io.portolan.local.internal.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.container.ContainerModel.Command;
import io.portolan.local.internal.engine.DockerEngine;

/** Makes containers on the engine. */
public final class Containers {
    private final DockerEngine engine;

    /**
     * Containers of one engine.
     *
     * @param engine the engine
     */
    public Containers(DockerEngine engine) {
        this.engine = engine;
    }

    /**
     * Creates a container; does not start it.
     *
     * @param model what to create
     * @return its id
     * @throws PortolanException CONFLICT if the name is taken, NOT_FOUND if the image is missing, and what else the engine refuses
     */
    public String create(ContainerModel model) {
        return engine.change(
                "create",
                model.name(),
                client -> fill(client.createContainerCmd(model.image()), model)
                        .exec()
                        .getId());
    }

    /**
     * Puts a container into the command that creates it.
     *
     * @param command for the container's image
     * @param model the container
     * @return the command
     */
    static CreateContainerCmd fill(CreateContainerCmd command, ContainerModel model) {
        Command process = model.process();
        command.withName(model.name())
                .withLabels(model.labels())
                .withEnv(process.environment())
                .withStopTimeout(process.stopSeconds())
                .withHostConfig(model.host());
        if (!process.entrypoint().isEmpty()) {
            command.withEntrypoint(process.entrypoint());
        }
        if (!process.command().isEmpty()) {
            command.withCmd(process.command());
        }
        if (process.user() != null) {
            command.withUser(process.user());
        }
        if (process.workingDirectory() != null) {
            command.withWorkingDir(process.workingDirectory());
        }
        if (model.platform() != null) {
            command.withPlatform(model.platform());
        }
        if (!model.network().exposedPorts().isEmpty()) {
            command.withExposedPorts(model.network().exposedPorts());
        }
        if (!model.network().aliases().isEmpty()) {
            command.withAliases(model.network().aliases());
        }
        return command;
    }
}
