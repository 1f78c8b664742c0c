package io.portolan.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for on the command line.
 *
 * @param only what to measure, empty for everything
 * @param check whether a missed target is a failure
 * @param quick whether to take few samples, to see that everything works
 * @param json where to write the report as JSON, null for nowhere
 * @param image what containers are made from, null for BusyBox of this machine
 */
record Options(
        Set<Section> only,
        boolean check,
        boolean quick,
        @Nullable Path json,
        @Nullable String image) {
    /** What can be measured alone. */
    enum Section {
        ENGINE,
        AWS,
        TRACKING;

        static Section of(String name) {
            return Arrays.stream(values())
                    .filter(section -> section.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown section '" + name + "'"));
        }
    }

    Options {
        only = Set.copyOf(only);
    }

    static final String USAGE = """
            usage: ./benchmark [--only SECTION]... [--check] [--quick] [--json FILE] [--image IMAGE]
              --only SECTION engine, aws or tracking; may be given more than once; default: all. aws and tracking need no engine
              --check        exit with status 1 if a target is missed
              --quick        few samples, only to see that everything works
              --json FILE    also write the results as JSON
              --image IMAGE  run this image, which must have /bin/sh; default: BusyBox of this machine
            """;

    static Options parse(String... arguments) {
        Set<Section> only = EnumSet.noneOf(Section.class);
        boolean check = false;
        boolean quick = false;
        Path json = null;
        String image = null;
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--only" -> only.add(Section.of(value(option, rest)));
                case "--check" -> check = true;
                case "--quick" -> quick = true;
                case "--json" -> json = Path.of(value(option, rest));
                case "--image" -> image = value(option, rest);
                default -> throw new IllegalArgumentException("unknown argument '" + option + "'");
            }
        }
        return new Options(only, check, quick, json, image);
    }

    boolean measures(Section section) {
        return only.isEmpty() || only.contains(section);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.pop();
    }
}
