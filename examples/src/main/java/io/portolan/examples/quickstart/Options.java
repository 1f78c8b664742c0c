package io.portolan.examples.quickstart;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments.
 *
 * @param help whether only the usage is wanted
 * @param keep whether what was made stays
 * @param base the base image of the program, null to find one
 * @param application the name that all is made under
 */
record Options(boolean help, boolean keep, @Nullable String base, String application) {

    static final String USAGE = """
            usage: ./quickstart [--keep] [--base IMAGE] [--application NAME]
              --keep              leave the service, the volume and the image when done; the next run removes them
              --base IMAGE        base image with a Java runtime of version 17 or newer
                                  (default: eclipse-temurin:17-jre, or one made from this machine's JDK where that cannot be pulled)
              --application NAME  the name that everything is made under (default: quickstart)
            exit status: 0 all is well, 1 a step failed or a result is wrong, 2 wrong arguments, 3 no engine answers""";

    static Options parse(List<String> args) {
        Options options = new Options(false, false, null, "quickstart");
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    private Options with(String option, Iterator<String> rest) {
        return switch (option) {
            case "--help", "-h" -> new Options(true, keep, base, application);
            case "--keep" -> new Options(help, true, base, application);
            case "--base" -> new Options(help, keep, value(option, rest), application);
            case "--application" -> new Options(help, keep, base, value(option, rest));
            default ->
                throw new QuickstartFailure(
                        QuickstartFailure.USAGE, "option was '" + option + "' but is not known\n" + USAGE);
        };
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new QuickstartFailure(QuickstartFailure.USAGE, option + " needs a value\n" + USAGE);
        }
        return rest.next();
    }
}
