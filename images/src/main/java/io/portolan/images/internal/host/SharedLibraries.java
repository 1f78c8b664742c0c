package io.portolan.images.internal.host;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.images.internal.host.Commands.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shared libraries that programs of this machine need, the dynamic linker included, as {@code ldd} tells them.
 *
 * @param files paths as the linker looks them up; may be links
 * @param missing names that were not found
 */
public record SharedLibraries(Set<Path> files, Set<String> missing) {
    /** What the C library opens by name at run time, so that ldd does not see it. Part of the C library itself from glibc 2.34 on. */
    private static final List<String> OPENED_BY_LIBC =
            List.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2");

    private static final Pattern FOUND =
            Pattern.compile("^\\s+(?:(\\S+) => )?(/\\S+) \\(0x[0-9a-f]+\\)$", Pattern.MULTILINE);
    private static final Pattern MISSING = Pattern.compile("^\\s+(\\S+) => not found$", Pattern.MULTILINE);

    /**
     * The libraries of several programs and libraries together.
     *
     * @param programs programs or libraries of this machine
     * @return what they need; nothing for statically linked ones
     * @throws PortolanException UNSUPPORTED where there is no ldd
     */
    public static SharedLibraries of(Iterable<Path> programs) {
        Set<Path> files = new TreeSet<>();
        Set<String> missing = new TreeSet<>();
        for (Path program : programs) {
            parse(ldd(program), files, missing);
        }
        for (Path library : List.copyOf(files)) {
            if (library.getFileName().toString().equals("libc.so.6")) {
                for (String name : OPENED_BY_LIBC) {
                    Path sibling = library.resolveSibling(name);
                    if (Files.exists(sibling)) {
                        files.add(sibling);
                    }
                }
            }
        }
        return new SharedLibraries(files, missing);
    }

    private static String ldd(Path program) {
        try {
            Outcome outcome = Commands.run(List.of("ldd", program.toString()), Duration.ofSeconds(30));
            // A static program makes ldd exit with 1 and say so; there is nothing to add then.
            return outcome.output();
        } catch (PortolanException e) {
            throw PortolanException.builder(
                            e.code() == ErrorCode.CANCELLED ? ErrorCode.CANCELLED : ErrorCode.UNSUPPORTED,
                            "the shared libraries of '" + program + "' cannot be found without 'ldd': " + e.getMessage()
                                    + "; use a base image from a registry")
                    .resource(program.toString())
                    .cause(e)
                    .build();
        }
    }

    static void parse(String output, Set<Path> files, Set<String> missing) {
        Matcher found = FOUND.matcher(output);
        while (found.find()) {
            files.add(Path.of(found.group(2)));
        }
        Matcher absent = MISSING.matcher(output);
        while (absent.find()) {
            missing.add(absent.group(1));
        }
    }
}
