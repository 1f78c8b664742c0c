package io.portolan.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rules about source files. Each returns its violations, one line for each, in the order of the paths; an absent
 * directory has none.
 */
public final class SourceRules {

    /** The most lines that a source file may have. */
    public static final int MAX_LINES = 500;

    private static final String PACKAGE_INFO = "package-info.java";

    private SourceRules() {}

    /** Files longer than {@value #MAX_LINES} lines do several things: split them. */
    public static List<String> tooLongFiles(Path root) {
        return javaFiles(root)
                .map(file -> new Source(file, lines(file)))
                .filter(source -> source.lines().size() > MAX_LINES)
                .map(source -> "%s has %d lines, more than %d"
                        .formatted(source.file(), source.lines().size(), MAX_LINES))
                .toList();
    }

    /** Packages of main code without a {@code package-info.java} that says {@code @NullMarked}. */
    public static List<String> unmarkedPackages(Path root) {
        return javaFiles(root)
                .filter(file -> !file.endsWith("module-info.java"))
                .map(Path::getParent)
                .distinct()
                .filter(pkg -> !isNullMarked(pkg.resolve(PACKAGE_INFO)))
                .map(pkg -> "%s has no %s with @NullMarked".formatted(pkg, PACKAGE_INFO))
                .toList();
    }

    /** Work left for later belongs into an issue. */
    public static List<String> leftovers(Path root) {
        return linesWith(root, line -> line.matches(".*\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b.*"));
    }

    /** A test waits for what it needs, with a limit, and never for a time. */
    public static List<String> sleepingTests(Path root) {
        return linesWith(root, line -> line.contains("Thread" + ".sleep("));
    }

    private static List<String> linesWith(Path root, Predicate<String> unwanted) {
        return javaFiles(root)
                .flatMap(file -> lines(file).stream().filter(unwanted).map(line -> file + ": " + line.strip()))
                .toList();
    }

    private static boolean isNullMarked(Path packageInfo) {
        return Files.isRegularFile(packageInfo) && lines(packageInfo).contains("@NullMarked");
    }

    private static Stream<Path> javaFiles(Path root) {
        if (!Files.isDirectory(root)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + root, e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private record Source(Path file, List<String> lines) {}
}
