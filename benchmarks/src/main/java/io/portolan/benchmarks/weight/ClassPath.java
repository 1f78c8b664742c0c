package io.portolan.benchmarks.weight;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The jars that an application inherits from a module, as the build resolved them.
 *
 * @param jars sizes in bytes by file name
 */
record ClassPath(Map<String, Long> jars) {
    ClassPath {
        jars = Map.copyOf(jars);
    }

    /** Our own modules: an application asks for them itself. */
    private static final String OURS = "portolan-";

    /** Reads what {@code dependency:build-classpath} wrote: paths of jars. */
    static ClassPath read(Path file) {
        try {
            Map<String, Long> jars = new LinkedHashMap<>();
            for (String jar : Arrays.stream(Files.readString(file).strip().split(File.pathSeparator))
                    .filter(path -> !path.isEmpty())
                    .toList()) {
                Path path = Path.of(jar);
                String name = String.valueOf(path.getFileName());
                if (!name.startsWith(OURS)) {
                    jars.put(name, Files.size(path));
                }
            }
            return new ClassPath(jars);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is here and in none of the others. */
    ClassPath without(ClassPath... others) {
        Map<String, Long> left = new LinkedHashMap<>(jars);
        for (ClassPath other : others) {
            left.keySet().removeAll(other.jars.keySet());
        }
        return new ClassPath(left);
    }

    long bytes() {
        return jars.values().stream().mapToLong(Long::longValue).sum();
    }
}
