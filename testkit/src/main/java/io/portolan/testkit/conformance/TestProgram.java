package io.portolan.testkit.conformance;

import java.time.Duration;
import java.util.List;

/**
 * What the suite lets containers do, told apart from how an image does it. All programs end at once when they are asked to stop, unless
 * they say otherwise, and end with exit code 0 unless they say otherwise.
 */
public sealed interface TestProgram {
    /**
     * Ends at once.
     *
     * @param code the exit code
     */
    record Exit(int code) implements TestProgram {}

    /**
     * Ends with an exit code in one task, and well in the others.
     *
     * @param index the task that fails
     * @param code its exit code
     */
    record FailTask(int index, int code) implements TestProgram {}

    /**
     * Fails at the first attempt of a task; at later ones prints {@code attempt N} and ends well.
     *
     * @param code the exit code of the first attempt
     */
    record FailFirstAttempt(int code) implements TestProgram {}

    /**
     * Ends by a signal that it sends itself, as a signal or as exit code 128 + signal.
     *
     * @param number the signal
     */
    record DieBySignal(int number) implements TestProgram {}

    /** Takes memory until it is killed. */
    record OutOfMemory() implements TestProgram {}

    /** The image is there, the command in it is not. */
    record BadCommand() implements TestProgram {}

    /** No registry that can be reached has the image, and the platform has it not either. */
    record MissingImage() implements TestProgram {}

    /**
     * Prints lines.
     *
     * @param lines each as it is
     */
    record Print(List<String> lines) implements TestProgram {
        /** Copies the lines. */
        public Print {
            lines = List.copyOf(lines);
        }

        /**
         * Prints lines.
         *
         * @param lines each as it is
         * @return the program
         */
        public static Print of(String... lines) {
            return new Print(List.of(lines));
        }
    }

    /**
     * Prints {@code line 1} to {@code line N}.
     *
     * @param count how many
     * @param pause between two lines; zero for as fast as it can
     */
    record PrintMany(int count, Duration pause) implements TestProgram {}

    /**
     * Prints one long line of {@code x}.
     *
     * @param length how many
     */
    record PrintLong(int length) implements TestProgram {}

    /** Prints {@code out} to standard output and {@code err} to standard error. */
    record PrintBoth() implements TestProgram {}

    /**
     * Prints {@code started}, and ends after some time.
     *
     * @param time how long it runs
     */
    record Sleep(Duration time) implements TestProgram {}

    /** Prints {@code started} and runs until it is killed: the request to stop has no effect. */
    record IgnoreStop() implements TestProgram {}

    /**
     * Prints {@code started}, runs until it is asked to stop, and then takes some time before it prints {@code tidied} and ends.
     *
     * @param time how long it tidies up
     */
    record TidyUp(Duration time) implements TestProgram {}

    /**
     * Prints {@code arg=BASE64} for each argument.
     *
     * @param args the arguments, given as those of the spec
     */
    record ShowArgs(List<String> args) implements TestProgram {
        /** Copies the arguments. */
        public ShowArgs {
            args = List.copyOf(args);
        }
    }

    /**
     * Prints {@code NAME=BASE64} for each environment variable, {@code NAME!} for one that is not set.
     *
     * @param names the variables
     */
    record ShowEnv(List<String> names) implements TestProgram {
        /** Copies the names. */
        public ShowEnv {
            names = List.copyOf(names);
        }
    }

    /** Prints {@code user=UID:GID}, {@code dir=PATH} and {@code init=yes} if it is not the first process of its container, else no. */
    record WhoAmI() implements TestProgram {}

    /**
     * Tries to write a file and prints {@code written} or {@code refused}.
     *
     * @param path where
     * @param bytes how much
     */
    record TryWrite(String path, long bytes) implements TestProgram {}

    /**
     * Adds the line {@code INDEX/ATTEMPT} to a file.
     *
     * @param path the file
     */
    record AppendMark(String path) implements TestProgram {}

    /**
     * Prints a file; fails if it is not there.
     *
     * @param path the file
     */
    record ReadFile(String path) implements TestProgram {}

    /**
     * Asks a URL until it answers, a few seconds at most, and prints the answer; fails without one.
     *
     * @param url what to ask
     */
    record HttpGet(String url) implements TestProgram {}

    /**
     * Prints {@code started MARK}, then answers HTTP on {@code PORT}: {@code GET /} with the lines {@code MARK=...} (the variable
     * {@code MARK}), {@code REPLICA=...} (unique to the replica) and {@code PORT=...}; {@value #ALIVE} with status 200, until {@value
     * #BREAK} was asked.
     *
     * @param startup how long it takes before it listens
     */
    record HttpEcho(Duration startup) implements TestProgram {
        /** Answers with 200, or 500 once the replica is broken. */
        public static final String ALIVE = "/cgi-bin/alive";

        /** Breaks the replica that answers. */
        public static final String BREAK = "/cgi-bin/break";

        /**
         * An echo that listens as soon as it can.
         *
         * @return the program
         */
        public static HttpEcho now() {
            return new HttpEcho(Duration.ZERO);
        }
    }
}
