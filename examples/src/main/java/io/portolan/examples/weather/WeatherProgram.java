package io.portolan.examples.weather;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The program in the image; the first argument says what it does. */
public final class WeatherProgram {

    static final int BAD_ARGUMENTS = 64;

    private static final String USAGE = """
            usage: partition DIRECTORY [--fail-first INDEX]   aggregates this task's part of the observations
                   merge DIRECTORY                            adds up the parts
                   serve DIRECTORY                            serves the result on PORT""";

    /** How long a stop waits for open requests: less than the time that platforms give before they kill. */
    private static final Duration DRAIN = Duration.ofSeconds(8);

    private WeatherProgram() {}

    /**
     * Runs, and ends the JVM unless it serves.
     *
     * @param args see the usage
     */
    public static void main(String[] args) {
        int status = run(Arrays.asList(args), System.getenv(), System.out);
        System.out.flush();
        if (status != 0 || !args[0].equals("serve")) {
            System.exit(status);
        }
    }

    /**
     * Runs without ending the JVM. Returns at once when it serves.
     *
     * @param args see the usage
     * @param environment in place of the variables of the process
     * @param out where to write
     * @return the exit code
     */
    public static int run(List<String> args, Map<String, String> environment, PrintStream out) {
        try {
            return dispatch(args, environment, out);
        } catch (IllegalArgumentException e) {
            out.println("error: " + e.getMessage());
            return BAD_ARGUMENTS;
        } catch (IllegalStateException | UncheckedIOException | IOException e) {
            out.println("error: " + e.getMessage());
            return 1;
        }
    }

    private static int dispatch(List<String> args, Map<String, String> environment, PrintStream out)
            throws IOException {
        String command = args.size() < 2 ? "" : args.get(0);
        if (command.equals("partition") && (args.size() == 2 || args.size() == 4)) {
            return new Partition(Path.of(args.get(1)), out).run(TaskPlace.of(environment), failFirst(args));
        }
        if (command.equals("merge") && args.size() == 2) {
            return new Merge(Path.of(args.get(1)), out).run();
        }
        if (command.equals("serve") && args.size() == 2) {
            Serve serve = Serve.start(Path.of(args.get(1)), environment);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> serve.stop(DRAIN), "drain"));
            out.println("serving on port " + serve.port());
            return 0;
        }
        throw new IllegalArgumentException("arguments were " + args + "\n" + USAGE);
    }

    private static int failFirst(List<String> args) {
        if (args.size() == 2) {
            return -1;
        }
        if (!args.get(2).equals("--fail-first")) {
            throw new IllegalArgumentException("option was '" + args.get(2) + "' but only --fail-first is known");
        }
        return Integer.parseInt(args.get(3));
    }
}
