package io.portolan.internal.config;

import io.portolan.error.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of one configuration, weakest first. Each place (class path, working directory, or the one file that the caller named) has a
 * file and, beside it, one for each active profile: {@code portolan.yaml}, {@code portolan-dev.yaml}.
 */
final class ConfigFiles {
    private static final String STEM = "portolan";
    private static final String EXTENSION = ".yaml";
    private static final String PROFILE_KEY = "portolan.profile";

    /** Becomes a part of a file name, so nothing but a word. */
    private static final Pattern PROFILE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?");

    private final ConfigInputs inputs;
    private final List<Violation> found;
    private final List<ConfigDocument> documents = new ArrayList<>();
    private final List<String> profiles = new ArrayList<>();

    private ConfigFiles(ConfigInputs inputs, List<Violation> found) {
        this.inputs = inputs;
        this.found = found;
    }

    static ConfigFiles read(ConfigInputs inputs, @Nullable Path named, List<Violation> found) {
        ConfigFiles files = new ConfigFiles(inputs, found);
        if (named != null) {
            files.readOnly(named);
        } else {
            files.readAll();
        }
        return files;
    }

    /** Weakest first. */
    List<ConfigDocument> documents() {
        return Collections.unmodifiableList(documents);
    }

    /** Weakest first, so that the last one wins. */
    List<String> profiles() {
        return Collections.unmodifiableList(profiles);
    }

    private void readOnly(Path file) {
        addFile(file, true);
        chooseProfiles();
        for (String profile : profiles) {
            addFile(file.resolveSibling(withProfile(String.valueOf(file.getFileName()), profile)), false);
        }
    }

    private void readAll() {
        addResource(STEM + EXTENSION);
        int onClassPath = documents.size();
        addFile(inputs.workingDirectory().resolve(STEM + EXTENSION), false);
        chooseProfiles();
        List<ConfigDocument> inDirectory = new ArrayList<>(documents.subList(onClassPath, documents.size()));
        documents.subList(onClassPath, documents.size()).clear();
        profiles.forEach(profile -> addResource(withProfile(STEM + EXTENSION, profile)));
        documents.addAll(inDirectory);
        profiles.forEach(profile ->
                addFile(inputs.workingDirectory().resolve(withProfile(STEM + EXTENSION, profile)), false));
    }

    private static String withProfile(String fileName, String profile) {
        int dot = fileName.lastIndexOf('.');
        return dot < 1
                ? fileName + "-" + profile
                : fileName.substring(0, dot) + "-" + profile + fileName.substring(dot);
    }

    private void chooseProfiles() {
        String text = inputs.properties()
                .getOrDefault(PROFILE_KEY, inputs.environment().get("PORTOLAN_PROFILE"));
        for (int i = documents.size() - 1; i >= 0 && text == null; i--) {
            text = documents.get(i).values().get(PROFILE_KEY);
        }
        if (text == null || text.isBlank()) {
            return;
        }
        for (String part : text.split(",", -1)) {
            String profile = part.strip();
            if (PROFILE.matcher(profile).matches()) {
                profiles.add(profile);
            } else {
                found.add(new Violation(
                        PROFILE_KEY,
                        ValueRules.shown(profile),
                        "must be 1 to 30 lower-case letters, digits or inner hyphens, several joined by commas",
                        "write for example 'dev'"));
            }
        }
    }

    private void addFile(Path file, boolean required) {
        if (!required && !Files.exists(file)) {
            return;
        }
        String origin = file.toString();
        try (InputStream content = Files.newInputStream(file)) {
            documents.add(ConfigDocument.read(origin, content, found));
        } catch (IOException e) {
            found.add(ConfigDocument.unreadable(origin, e));
        }
    }

    private void addResource(String name) {
        URL resource =
                inputs.classLoader() == null ? null : inputs.classLoader().getResource(name);
        if (resource == null) {
            return;
        }
        String origin = name + " on the class path";
        try (InputStream content = resource.openStream()) {
            documents.add(ConfigDocument.read(origin, content, found));
        } catch (IOException e) {
            found.add(ConfigDocument.unreadable(origin, e));
        }
    }
}
