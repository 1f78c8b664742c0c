package io.portolan.images.internal.build;

import io.portolan.image.FilesBuild;
import io.portolan.images.internal.build.Layer.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * Where a Java application lies in its image: jars in {@code /app/libs}, class directories in {@code /app/classes}, {@code
 * /app/classes-2} and so on, each kind a layer of its own, so that a changed class does not send the jars again. The class path keeps its
 * order.
 *
 * @param layers the layers that hold anything, jars first
 * @param entrypoint the command
 */
record JavaLayout(List<Layer> layers, List<String> entrypoint) {
    private static final String PART = "[\\p{L}_$][\\p{L}\\p{N}_$]*";
    private static final Pattern CLASS_NAME = Pattern.compile(PART + "(?:\\." + PART + ")*");

    static JavaLayout of(FilesBuild build, InputCheck check) {
        String main = build.mainClass().orElseThrow();
        List<Item> jars = new ArrayList<>();
        List<Item> classes = new ArrayList<>();
        List<String> classpath = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean complete = true;
        boolean found = false;
        int directories = 0;
        for (int i = 0; i < build.classpath().size(); i++) {
            Path entry = build.classpath().get(i);
            String path = "classpath[" + i + "]";
            if (Files.isDirectory(entry)) {
                directories++;
                String target = directories == 1 ? "/app/classes" : "/app/classes-" + directories;
                classes.addAll(FileTree.list(
                        entry,
                        target,
                        null,
                        violation -> check.add(violation.path(), violation.value(), violation.rule(), violation.fix()),
                        path));
                classpath.add(target);
                found |= Files.isRegularFile(entry.resolve(main.replace('.', '/') + ".class"));
            } else if (Files.isRegularFile(entry) && entry.toString().endsWith(".jar")) {
                String target = "/app/libs/" + free(entry.getFileName().toString(), names);
                jars.add(new Item(entry, target, 0644, false));
                classpath.add(target);
                found |= holds(entry, main, path, check);
            } else {
                check.add(path, entry.toString(), "names no jar and no directory of classes", "check the path");
                complete = false;
            }
        }
        if (build.classpath().isEmpty()) {
            check.add("classpath", "", "must name at least one jar or directory", "pass what the build tool made");
        } else if (!CLASS_NAME.matcher(main).matches()) {
            check.add("mainClass", main, "is no name of a class", "write it like 'com.acme.Main'");
        } else if (complete && !found) {
            check.add("mainClass", main, "is in no entry of the class path", "check its name, or add what holds it");
        }
        return new JavaLayout(layers(jars, classes), entrypoint(build, classpath, main));
    }

    private static List<Layer> layers(List<Item> jars, List<Item> classes) {
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : List.of(new Layer("libs", sorted(jars)), new Layer("classes", sorted(classes)))) {
            if (!layer.files().isEmpty()) {
                layers.add(layer);
            }
        }
        return layers;
    }

    private static List<Item> sorted(List<Item> items) {
        return items.stream().sorted(Comparator.comparing(Item::destination)).toList();
    }

    private static List<String> entrypoint(FilesBuild build, List<String> classpath, String main) {
        List<String> words = new ArrayList<>();
        words.add("java");
        words.addAll(build.jvmOptions());
        words.addAll(List.of("-cp", String.join(":", classpath), main));
        return words;
    }

    /** Jars of one name from several directories: the second gets a number. */
    private static String free(String name, Set<String> taken) {
        String candidate = name;
        for (int n = 2; !taken.add(candidate); n++) {
            candidate = name.substring(0, name.length() - ".jar".length()) + "-" + n + ".jar";
        }
        return candidate;
    }

    private static boolean holds(Path jar, String main, String path, InputCheck check) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getEntry(main.replace('.', '/') + ".class") != null;
        } catch (IOException e) {
            check.add(path, jar.toString(), "is no readable jar (" + e.getMessage() + ")", "build it again");
            return false;
        }
    }
}
