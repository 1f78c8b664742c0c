package io.portolan.images.internal.build;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.image.FilesBuild;
import io.portolan.image.ImageReference;
import io.portolan.images.internal.build.Layer.Item;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Collects every violation of one build. Not thread-safe. */
final class InputCheck {
    private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(?::[A-Za-z0-9_][A-Za-z0-9_.-]*)?");
    private static final String TAR = "tar:";

    private final List<Violation> violations = new ArrayList<>();
    private boolean named;

    void add(String path, String value, String rule, String fix) {
        violations.add(new Violation(path, value, rule, fix));
    }

    boolean isNamed() {
        return named;
    }

    void throwIfAny(String subject) {
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(subject, violations);
        }
    }

    void target(FilesBuild build) {
        try {
            build.target();
            named = true;
        } catch (InvalidSpecException e) {
            violations.addAll(e.violations());
        }
    }

    Base base(FilesBuild build) {
        String text = build.base();
        if (text.equals(FilesBuild.SCRATCH)) {
            return new Base(text, null, null);
        }
        if (text.startsWith(TAR)) {
            Path archive = Path.of(text.substring(TAR.length()));
            if (!Files.isRegularFile(archive) || !Files.isReadable(archive)) {
                add("base", text, "names no readable file", "give the path of an archive made by 'docker save'");
            }
            return new Base(text, null, archive);
        }
        try {
            return new Base(text, ImageReference.parse(text), null);
        } catch (IllegalArgumentException e) {
            add(
                    "base",
                    text,
                    "must be an image reference, 'scratch', or 'tar:' and a path",
                    "write it like 'eclipse-temurin:17-jre'");
            return new Base(text, null, null);
        }
    }

    void entrypoint(FilesBuild build, Base base) {
        boolean java = build.mainClass().isPresent();
        if (java && !build.entrypoint().isEmpty()) {
            add(
                    "entrypoint",
                    String.join(" ", build.entrypoint()),
                    "cannot be set for a Java application, which has its own",
                    "leave it out, or build the image with ImageBuild.files(...)");
        }
        if (!java && !build.jvmOptions().isEmpty()) {
            add(
                    "jvmOptions",
                    String.join(" ", build.jvmOptions()),
                    "apply to a Java application only",
                    "use ImageBuild.java(...), or put them into entrypoint(...)");
        }
        if (base.text().equals(FilesBuild.SCRATCH)) {
            if (java) {
                add("base", base.text(), "has no Java", "choose a base with a Java runtime");
            } else if (build.entrypoint().isEmpty()) {
                add("entrypoint", "", "is required on the base 'scratch'", "call entrypoint(\"/program\")");
            }
        }
        for (String word : build.entrypoint()) {
            if (word.indexOf('\0') >= 0) {
                add("entrypoint", word.replace("\0", "\\0"), "must hold no NUL", "remove it");
            }
        }
    }

    void settings(FilesBuild build) {
        build.env().forEach((name, value) -> {
            if (!ENV_NAME.matcher(name).matches()) {
                add("env." + name, name, "must be a letter or _ and letters, digits, _ . -", "rename the variable");
            }
        });
        build.labels().forEach((name, value) -> {
            if (name.isBlank()) {
                add("labels", name, "must have a name", "give the label a name");
            }
        });
        build.user()
                .filter(user -> !USER.matcher(user).matches())
                .ifPresent(user ->
                        add("user", user, "must be user[:group], names or numbers", "write it like '1000:1000'"));
        build.workingDirectory().ifPresent(path -> destination("workingDirectory", path));
    }

    List<Layer> entries(FilesBuild build) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < build.entries().size(); i++) {
            FilesBuild.Entry entry = build.entries().get(i);
            String path = "entries[" + i + "]";
            boolean placed = destination(path + ".destination", entry.destination());
            Integer mode = entry.mode();
            if (mode != null && (mode < 0 || mode > 0777)) {
                add(path + ".mode", Integer.toOctalString(mode), "must be 0 to 777 octal", "write it like 0755");
            }
            boolean directory = Files.isDirectory(entry.source());
            if (!directory && !Files.isRegularFile(entry.source())) {
                add(path + ".source", entry.source().toString(), "names no file or directory", "check the path");
                continue;
            }
            if (!directory && entry.destination().endsWith("/")) {
                add(
                        path + ".destination",
                        entry.destination(),
                        "must name the file",
                        "write '" + entry.destination() + entry.source().getFileName() + "'");
                continue;
            }
            if (placed) {
                String target = trim(entry.destination());
                layers.add(new Layer(
                        "files " + target,
                        FileTree.list(entry.source(), target, mode, violations::add, path + ".source")));
            }
        }
        return layers;
    }

    private static String trim(String destination) {
        return destination.length() > 1 && destination.endsWith("/")
                ? destination.substring(0, destination.length() - 1)
                : destination;
    }

    private boolean destination(String path, String value) {
        String rule = null;
        if (!value.startsWith("/")) {
            rule = "must be an absolute path in the image";
        } else if (value.indexOf('\0') >= 0) {
            rule = "must hold no NUL";
        } else {
            for (String part : trim(value).substring(1).split("/", -1)) {
                if (part.equals("..") || part.equals(".") || (part.isEmpty() && value.length() > 1)) {
                    rule = "must hold no '.', '..' or empty part";
                }
            }
        }
        if (rule != null) {
            add(path, value.replace("\0", "\\0"), rule, "write it like '/app/data'");
        }
        return rule == null;
    }

    /** Two inputs must not write the same file: which of them wins would depend on the order of layers. */
    void collisions(List<Layer> layers) {
        Map<String, Item> seen = new HashMap<>();
        for (Layer layer : layers) {
            for (Item item : layer.files()) {
                Item first = seen.putIfAbsent(item.destination(), item);
                if (first != null && !(first.directory() && item.directory())) {
                    add(
                            "entries",
                            item.destination(),
                            "is written twice, from '" + first.source() + "' and '" + item.source() + "'",
                            "give one of them another destination");
                }
            }
        }
    }
}
