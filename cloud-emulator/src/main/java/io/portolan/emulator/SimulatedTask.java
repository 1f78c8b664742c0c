package io.portolan.emulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The containers of one task, simulated. */
final class SimulatedTask implements ContainerRuntime.TaskContainers {
    private final ContainerRuntime.TaskSpec task;
    private final Function<ContainerRuntime.ContainerSpec, SimulatedProgram> script;
    private final Predicate<ContainerRuntime.ContainerSpec> health;
    private final EmulatorClock clock;
    private final ContainerRuntime.Listener listener;
    private final Map<String, SimulatedProgram> running = new HashMap<>();
    private boolean removed;

    SimulatedTask(
            ContainerRuntime.TaskSpec task,
            Function<ContainerRuntime.ContainerSpec, SimulatedProgram> script,
            Predicate<ContainerRuntime.ContainerSpec> health,
            EmulatorClock clock,
            ContainerRuntime.Listener listener) {
        this.task = task;
        this.script = script;
        this.health = health;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public void start(String container) {
        clock.schedule(Duration.ZERO, () -> begin(spec(container)));
    }

    @Override
    public void stop(String container, Duration grace) {
        SimulatedProgram program = program(container);
        if (program == null) {
            return;
        }
        Integer code = program.stopExitCode();
        if (code == null) {
            clock.schedule(grace, () -> end(container, 137, false));
        } else {
            clock.schedule(Duration.ZERO, () -> end(container, code, false));
        }
    }

    @Override
    public synchronized void remove() {
        removed = true;
        running.clear();
    }

    @Override
    public Optional<String> address(String container, int port) {
        boolean there = program(container) != null && spec(container).ports().contains(port);
        return there ? Optional.of("127.0.0.1:" + port) : Optional.empty();
    }

    @Override
    public Optional<Boolean> scriptedHealth(String container) {
        return Optional.of(program(container) != null && health.test(spec(container)));
    }

    private void begin(ContainerRuntime.ContainerSpec spec) {
        SimulatedProgram program = script.apply(spec);
        ContainerRuntime.StartFailure failure = program.startFailure();
        synchronized (this) {
            if (removed) {
                return;
            }
            if (failure == null) {
                running.put(spec.name(), program);
            }
        }
        if (failure != null) {
            listener.startFailed(spec.name(), failure, spec.image());
            return;
        }
        listener.running(spec.name(), task.id() + "-" + spec.name(), digest(spec.image()));
        program.lines()
                .forEach(line ->
                        listener.output(spec.name(), "stdout", line.getBytes(StandardCharsets.UTF_8), clock.instant()));
        Duration duration = program.duration();
        if (duration != null) {
            clock.schedule(duration, () -> end(spec.name(), program.exitCode(), program.oomKilled()));
        }
    }

    private void end(String container, int code, boolean oomKilled) {
        synchronized (this) {
            if (running.remove(container) == null) {
                return;
            }
        }
        listener.exited(container, code, oomKilled);
    }

    private synchronized @Nullable SimulatedProgram program(String container) {
        return running.get(container);
    }

    private ContainerRuntime.ContainerSpec spec(String container) {
        return task.containers().stream()
                .filter(spec -> spec.name().equals(container))
                .findFirst()
                .orElseThrow();
    }

    private static String digest(String image) {
        int at = image.indexOf('@');
        if (at >= 0) {
            return image.substring(at + 1);
        }
        String hash = "%08x".formatted(image.hashCode());
        return "sha256:" + hash.repeat(8);
    }
}
