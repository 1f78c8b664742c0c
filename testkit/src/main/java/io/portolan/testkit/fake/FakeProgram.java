package io.portolan.testkit.fake;

import io.portolan.run.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What an image does when it runs on a {@link FakePlatform}: a piece of Java, or one of the canned programs below. Canned programs take no
 * thread, so thousands of them can run; a piece of Java runs on a thread of its own. One program may run in many processes at once.
 */
@FunctionalInterface
public interface FakeProgram {
    /**
     * Runs one process.
     *
     * @param process its environment, its files, its output
     * @return the exit code, 0 to 255
     * @throws InterruptedException when asked to stop ({@code SIGTERM}): let it pass, or catch it, tidy up and return. After the grace
     *     period the process is over, whatever the program still does
     * @throws Exception anything else ends the process with exit code 1 and one line on its standard error
     */
    int run(FakeProcess process) throws Exception;

    /**
     * Ends at once.
     *
     * @param code the exit code
     * @return the program
     */
    static FakeProgram exits(int code) {
        return new ScriptedProgram(Outcome.exit(code));
    }

    /**
     * Prints lines and ends well.
     *
     * @param lines to standard output
     * @return the program
     */
    static FakeProgram prints(String... lines) {
        return new ScriptedProgram(Outcome.exit(0)).lines(List.of(lines));
    }

    /**
     * Runs for some time, by the platform's clock, and ends well.
     *
     * @param time how long
     * @return the program
     */
    static FakeProgram runsFor(Duration time) {
        return new ScriptedProgram(Outcome.exit(0)).time(Objects.requireNonNull(time, "time"));
    }

    /**
     * Runs for some time, by the platform's clock, and ends with an exit code.
     *
     * @param time how long
     * @param code the exit code
     * @return the program
     */
    static FakeProgram runsFor(Duration time, int code) {
        return new ScriptedProgram(Outcome.exit(code)).time(Objects.requireNonNull(time, "time"));
    }

    /**
     * Runs until it is stopped.
     *
     * @return the program
     */
    static FakeProgram runsForever() {
        return new ScriptedProgram(Outcome.exit(0)).time(null);
    }

    /**
     * Runs until it is killed: the request to stop has no effect.
     *
     * @return the program
     */
    static FakeProgram ignoresStop() {
        return new ScriptedProgram(Outcome.exit(0)).time(null).ignoringStop();
    }

    /**
     * Is taken by the platform but never starts.
     *
     * @return the program
     */
    static FakeProgram neverStarts() {
        return new ScriptedProgram(Outcome.exit(0)).unplaced();
    }

    /**
     * Needs more memory than it may have.
     *
     * @return the program
     */
    static FakeProgram outOfMemory() {
        return new ScriptedProgram(Outcome.outOfMemory());
    }

    /**
     * Is ended by a signal that nobody of ours sent.
     *
     * @param number for example 11
     * @return the program
     */
    static FakeProgram killedBySignal(int number) {
        return new ScriptedProgram(Outcome.signal(number));
    }

    /**
     * Is refused by the platform for good, before it starts.
     *
     * @param failure why
     * @return the program
     */
    static FakeProgram refused(Failure failure) {
        return new ScriptedProgram(Outcome.failed(Objects.requireNonNull(failure, "failure"))).refused();
    }

    /**
     * Was started and then lost by the platform: preempted, a broken machine.
     *
     * @param failure why
     * @return the program
     */
    static FakeProgram lost(Failure failure) {
        return new ScriptedProgram(Outcome.failed(Objects.requireNonNull(failure, "failure")));
    }

    /**
     * Does one thing at the first attempt of each task, another at later ones.
     *
     * @param first at attempt 0
     * @param later at attempts 1 and on
     * @return the program
     */
    static FakeProgram firstThen(FakeProgram first, FakeProgram later) {
        return new ChoosingProgram(process -> process.attempt() == 0 ? first : later);
    }

    /**
     * Listens on the port of its service ({@code PORT}) until it is stopped.
     *
     * @param handler answers requests
     * @return the program
     */
    static FakeProgram serves(FakeHandler handler) {
        return process -> {
            process.serve(handler);
            return 0;
        };
    }
}
