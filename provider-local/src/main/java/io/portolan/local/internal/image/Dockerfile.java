package io.portolan.local.internal.image;

import io.portolan.image.ImageReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What has to be known of a Dockerfile before it is built: whether the engine's classic builder can build it, and where its bases are. Pure.
 *
 * <p>Source: docs.docker.com/reference/dockerfile (2026-11), features marked as of BuildKit.
 */
final class Dockerfile {
    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*([A-Za-z]+)\\s*=\\s*(\\S+)\\s*");
    private static final Pattern HEREDOC = Pattern.compile("(?:^|\\s)<<-?[\"']?([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern FLAG = Pattern.compile("--([a-z-]+)(?:=(\\S*))?");
    private static final Pattern BUILDKIT_PLATFORM =
            Pattern.compile("\\$\\{?(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT)");

    private static final Pattern BUILDKIT_ARGUMENT = Pattern.compile("(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT)");
    private static final Set<String> TAKES_HEREDOC = Set.of("RUN", "COPY", "ADD");

    /** Flags that the classic builder knows; all others are BuildKit's. */
    private static final Set<String> CLASSIC_FLAGS = Set.of(
            "FROM platform",
            "COPY from",
            "COPY chown",
            "ADD chown",
            "HEALTHCHECK interval",
            "HEALTHCHECK timeout",
            "HEALTHCHECK start-period",
            "HEALTHCHECK retries");

    private final List<String> instructions;
    private final boolean syntax;
    private final Set<String> lines;

    private Dockerfile(List<String> instructions, boolean syntax, Set<String> lines) {
        this.instructions = instructions;
        this.syntax = syntax;
        this.lines = lines;
    }

    static Dockerfile parse(String text) {
        boolean syntax = false;
        char escape = '\\';
        boolean top = true;
        List<String> instructions = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        for (String line : text.lines().toList()) {
            String stripped = line.startsWith("\uFEFF") ? line.substring(1).strip() : line.strip();
            if (stripped.startsWith("#")) {
                Matcher directive = DIRECTIVE.matcher(stripped);
                boolean known = top && directive.matches();
                String name = known ? directive.group(1).toLowerCase(Locale.ROOT) : "";
                syntax |= name.equals("syntax");
                escape = name.equals("escape") ? directive.group(2).charAt(0) : escape;
                // The first plain comment ends the directives.
                top = known;
                continue;
            }
            top = false;
            if (stripped.isEmpty()) {
                continue;
            }
            boolean goesOn = stripped.charAt(stripped.length() - 1) == escape;
            joined.append(goesOn ? stripped.substring(0, stripped.length() - 1) + " " : stripped);
            if (!goesOn) {
                instructions.add(joined.toString());
                joined.setLength(0);
            }
        }
        if (!joined.isEmpty()) {
            instructions.add(joined.toString());
        }
        return new Dockerfile(
                List.copyOf(instructions),
                syntax,
                text.lines().map(String::strip).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * What needs BuildKit.
     *
     * @param given names of the build arguments that the caller gives
     * @return the first such thing, empty if the classic builder can build it
     */
    Optional<String> needsBuildKit(Set<String> given) {
        if (syntax) {
            return Optional.of("# syntax=");
        }
        for (String instruction : instructions) {
            String[] words = instruction.split("\\s+", 2);
            String name = words[0].toUpperCase(Locale.ROOT);
            String rest = words.length > 1 ? words[1] : "";
            if (name.equals("ARG") && BUILDKIT_ARGUMENT.matcher(rest).matches() && !given.contains(rest)) {
                return Optional.of("ARG " + rest);
            }
            Optional<String> reason = flags(name, rest);
            if (reason.isPresent()) {
                return reason;
            }
            if (TAKES_HEREDOC.contains(name) && hasHeredoc(rest)) {
                return Optional.of(name + " <<");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> flags(String name, String rest) {
        for (String word : rest.split("\\s+", -1)) {
            Matcher flag = FLAG.matcher(word);
            if (!flag.matches()) {
                break;
            }
            if (!CLASSIC_FLAGS.contains(name + " " + flag.group(1))) {
                return Optional.of(name + " --" + flag.group(1));
            }
            if (name.equals("FROM") && BUILDKIT_PLATFORM.matcher(word).find()) {
                return Optional.of("FROM " + word);
            }
        }
        return Optional.empty();
    }

    /** A {@code <<} whose end stands on a line of its own; any other is the shell's. */
    private boolean hasHeredoc(String rest) {
        Matcher begin = HEREDOC.matcher(rest);
        while (begin.find()) {
            if (lines.contains(begin.group(1))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The registries that bases come from, as far as they do not depend on arguments.
     *
     * @return host and port, in order
     */
    Set<String> registries() {
        Set<String> registries = new LinkedHashSet<>();
        for (String instruction : instructions) {
            String[] words = instruction.split("\\s+", -1);
            if (!words[0].equalsIgnoreCase("FROM")) {
                continue;
            }
            for (int i = 1; i < words.length; i++) {
                if (!words[i].startsWith("--")) {
                    registry(words[i]).ifPresent(registries::add);
                    break;
                }
            }
        }
        return registries;
    }

    private static Optional<String> registry(String base) {
        try {
            return base.equals("scratch") || base.contains("$")
                    ? Optional.empty()
                    : Optional.of(ImageReference.parse(base).registry());
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the name of a stage, or an error that the builder reports
        }
    }
}
