package io.portolan.benchmarks.engine;

import io.portolan.benchmarks.rounds.Contender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The peer: the {@code docker run --rm} command, one process for each container. */
public final class DockerCommand implements Contender {
    private final List<String> command;

    /**
     * The command for one piece of work.
     *
     * @param work what to run
     */
    public DockerCommand(NoOp work) {
        command = new ArrayList<>(List.of("docker", "run", "--rm"));
        command.addAll(List.of("--label", NoOp.LABEL + "=" + work.owner()));
        command.addAll(List.of("--cpus", "1"));
        command.addAll(List.of("--memory", Long.toString(NoOp.MEMORY)));
        command.addAll(List.of("--memory-swap", Long.toString(NoOp.MEMORY)));
        command.addAll(List.of("--pids-limit", Long.toString(NoOp.PIDS)));
        command.add(work.image());
        command.addAll(work.command());
    }

    /**
     * Whether the command is on this machine.
     *
     * @return true if it runs
     */
    public static boolean isInstalled() {
        try {
            Process process = new ProcessBuilder("docker", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String name() {
        return "docker run --rm";
    }

    @Override
    public void once() throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.waitFor();
        if (code != 0 || !text.equals(NoOp.LINE)) {
            throw new IllegalStateException("docker run ended with exit code " + code + " and wrote '" + text + "'");
        }
    }
}
