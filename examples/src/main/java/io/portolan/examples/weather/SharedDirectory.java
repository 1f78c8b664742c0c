package io.portolan.examples.weather;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The volume that the tasks, the merging job and the service share. A file appears under its name only when it is complete: a task that is
 * killed while it writes leaves nothing that a reader could take for a part.
 */
final class SharedDirectory {

    private static final Pattern PART = Pattern.compile("part-(\\d+)-of-(\\d+)\\.csv");
    private static final String RESULT = "result.csv";

    private final Path directory;

    SharedDirectory(Path directory) {
        this.directory = directory;
    }

    Path writePart(TaskPlace task, List<String> lines) {
        return write("part-" + task.index() + "-of-" + task.count() + ".csv", lines);
    }

    Path writeResult(List<String> lines) {
        return write(RESULT, lines);
    }

    List<String> readResult() {
        return read(directory.resolve(RESULT));
    }

    /** The lines of every part, by index. Fails, naming what is missing, unless exactly the parts 0 to n - 1 of n are there. */
    List<List<String>> readParts() {
        Map<Integer, Path> parts = new TreeMap<>();
        int count = 0;
        for (Path file : files()) {
            Matcher name = PART.matcher(file.getFileName().toString());
            if (name.matches()) {
                int of = Integer.parseInt(name.group(2));
                if (count != 0 && count != of) {
                    throw new IllegalStateException(
                            directory + " has parts of " + count + " and of " + of + " but one job writes all of them");
                }
                count = of;
                parts.put(Integer.parseInt(name.group(1)), file);
            }
        }
        requireAll(parts, count);
        return parts.values().stream().map(SharedDirectory::read).toList();
    }

    private void requireAll(Map<Integer, Path> parts, int count) {
        if (count == 0) {
            throw new IllegalStateException(directory + " has no parts; run 'partition' first");
        }
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (!parts.containsKey(i)) {
                missing.add(i);
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(directory + " lacks the parts " + missing + " of " + count);
        }
        if (parts.size() != count) {
            throw new IllegalStateException(
                    directory + " has the parts " + parts.keySet() + " but only 0 to " + (count - 1) + " can be");
        }
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private Path write(String name, List<String> lines) {
        try {
            Path partial = directory.resolve("." + name + ".partial");
            Files.write(partial, lines);
            return Files.move(partial, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + name + " in " + directory, e);
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new IllegalStateException(file + " does not exist", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
