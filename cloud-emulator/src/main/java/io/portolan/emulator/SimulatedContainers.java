package io.portolan.emulator;

import java.util.function.Function;
import java.util.function.Predicate;

/** Containers that do as a script says, on the emulator's clock, without an engine. */
public final class SimulatedContainers implements ContainerRuntime {
    private final Function<ContainerSpec, SimulatedProgram> script;
    private volatile Predicate<ContainerSpec> health = container -> true;
    private volatile EmulatorClock clock = EmulatorClock.manual();

    private SimulatedContainers(Function<ContainerSpec, SimulatedProgram> script) {
        this.script = script;
    }

    /**
     * Containers that end at once with exit code 0.
     *
     * @return a runtime for one emulator
     */
    public static SimulatedContainers exitingAtOnce() {
        return running(container -> SimulatedProgram.exiting(0));
    }

    /**
     * Containers that do as a script says.
     *
     * @param script what a container does, by its image, command and environment
     * @return a runtime for one emulator
     */
    public static SimulatedContainers running(Function<ContainerSpec, SimulatedProgram> script) {
        return new SimulatedContainers(script);
    }

    /**
     * What checks of health find.
     *
     * @param healthy asked at each check of a container that runs
     * @return this
     */
    public SimulatedContainers healthyWhen(Predicate<ContainerSpec> healthy) {
        this.health = healthy;
        return this;
    }

    @Override
    public void open(EmulatorClock emulatorClock) {
        this.clock = emulatorClock;
    }

    @Override
    public TaskContainers create(TaskSpec task, Listener listener) {
        return new SimulatedTask(task, script, container -> health.test(container), clock, listener);
    }

    @Override
    public void close() {
        // The clock forgets what is still to come.
    }
}
