package io.portolan.testkit.fake;

import io.portolan.run.LogLine;
import io.portolan.spec.ContainerSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;

/**
 * What a {@link FakeProgram} sees of the process that it runs in. Thread-safe. Once the process is over, every call that would have an
 * effect ends the program instead.
 */
public final class FakeProcess {
    private final FakeContainer container;

    FakeProcess(FakeContainer container) {
        this.container = container;
    }

    /**
     * The index of the task.
     *
     * @return 0 or more, -1 for a replica of a service
     */
    public int index() {
        return number("CLOUD_RUN_TASK_INDEX");
    }

    /**
     * How many tasks the execution has.
     *
     * @return 1 or more, -1 for a replica of a service
     */
    public int count() {
        return number("CLOUD_RUN_TASK_COUNT");
    }

    /**
     * Which try of the task this is.
     *
     * @return 0 or more, -1 for a replica of a service
     */
    public int attempt() {
        return number("CLOUD_RUN_TASK_ATTEMPT");
    }

    private int number(String variable) {
        return Integer.parseInt(container.environment().getOrDefault(variable, "-1"));
    }

    /**
     * All environment variables: the image's, the user's, the secrets, and those of the contract.
     *
     * @return name to value
     */
    public Map<String, String> env() {
        return container.environment();
    }

    /**
     * One environment variable.
     *
     * @param name the variable
     * @return its value, empty if it is not set
     */
    public Optional<String> env(String name) {
        return Optional.ofNullable(container.environment().get(name));
    }

    /**
     * The command: the spec's, else the image's.
     *
     * @return empty if neither has one
     */
    public List<String> command() {
        return container.command();
    }

    /**
     * The arguments.
     *
     * @return as the spec gives them
     */
    public List<String> args() {
        return container.spec().args();
    }

    /**
     * The rest of what the spec says of the container: user, working directory, resources.
     *
     * @return the container spec
     */
    public ContainerSpec container() {
        return container.spec();
    }

    /**
     * The name of the machine that the process believes it runs on.
     *
     * @return unique on the platform
     */
    public String hostname() {
        return container.id();
    }

    /**
     * The files of the image, the secrets and the volumes.
     *
     * @return the files
     */
    public FakeFiles files() {
        container.requireAlive();
        return container.files();
    }

    /**
     * Writes to standard output.
     *
     * @param text one line, or several with line breaks between them
     */
    public void print(String text) {
        container.write(LogLine.Stream.STDOUT, text);
    }

    /**
     * Writes to standard error.
     *
     * @param text one line, or several with line breaks between them
     */
    public void printError(String text) {
        container.write(LogLine.Stream.STDERR, text);
    }

    /**
     * Waits, by the platform's clock.
     *
     * @param time how long
     * @throws InterruptedException if the process is asked to stop meanwhile
     */
    public void sleep(Duration time) throws InterruptedException {
        container.requireAlive();
        CountDownLatch over = new CountDownLatch(1);
        Runnable forget = container.after(time, over::countDown);
        try {
            over.await();
        } finally {
            forget.run();
        }
        container.requireAlive();
    }

    /**
     * Listens on the port of the service until the process is asked to stop. What is asked before that is answered to its end.
     *
     * @param handler answers requests, on threads of the platform
     * @throws InterruptedException when the process is asked to stop
     */
    public void serve(FakeHandler handler) throws InterruptedException {
        container.listen(handler);
        new CountDownLatch(1).await();
    }

    /**
     * Answers the commands that exec probes run in the container.
     *
     * @param command from the words of the command to its exit code; until this is called, every command ends with 0
     */
    public void onExec(ToIntFunction<List<String>> command) {
        container.onExec(command);
    }

    /**
     * Asks a service, by its name within the application ({@code http://NAME:PORT/path}).
     *
     * @param url the address
     * @return the answer
     * @throws java.io.UncheckedIOException if nothing answers there
     */
    public FakeHandler.Response get(String url) {
        container.requireAlive();
        return container.get(url);
    }

    /**
     * Ends the process as its memory limit would: {@code throw process.outOfMemory();}.
     *
     * @return what the program throws
     */
    public RuntimeException outOfMemory() {
        return new Outcome.Ended(Outcome.outOfMemory());
    }

    /**
     * Ends the process by a signal: {@code throw process.killedBySignal(11);}.
     *
     * @param number for example 11
     * @return what the program throws
     */
    public RuntimeException killedBySignal(int number) {
        return new Outcome.Ended(Outcome.signal(number));
    }
}
