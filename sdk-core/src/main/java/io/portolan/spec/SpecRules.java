package io.portolan.spec;

import io.portolan.error.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The structural rules that hold on every provider. What only one provider refuses is a portability finding, not a rule. */
final class SpecRules {
    private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,47}[a-z0-9])?");
    private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,254}");
    private static final Pattern LABEL_KEY = Pattern.compile("[a-z][a-z0-9_.-]{0,62}");
    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9_.-]{0,63}");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?");
    private static final Duration MAX_GRACE = Duration.ofHours(1);

    private final List<Violation> found = new ArrayList<>();

    private SpecRules() {}

    static List<Violation> check(WorkloadBuilder<?> b) {
        SpecRules rules = new SpecRules();
        rules.name(b.name);
        rules.found.addAll(b.early);
        if (!b.imageGiven) {
            rules.add("image", "", "is required", "call image(\"registry/repository:tag\")");
        }
        rules.words("command", b.command);
        rules.words("args", b.args);
        rules.env(b);
        rules.paths(b);
        rules.labels(b.labels);
        rules.stopGracePeriod(b.stopGracePeriod);
        if (b.user != null && !USER.matcher(b.user).matches()) {
            rules.add("user", b.user, "must be user[:group], names or numbers", "write for example '1000:1000'");
        }
        if (b.workingDirectory != null) {
            rules.path("workingDirectory", b.workingDirectory);
        }
        return rules.found;
    }

    private void add(String path, String value, String rule, String fix) {
        found.add(new Violation(path, value.length() > 100 ? value.substring(0, 100) + "..." : value, rule, fix));
    }

    private void name(String name) {
        if (!NAME.matcher(name).matches()) {
            add(
                    "name",
                    name,
                    "must be 1 to 49 lower-case letters, digits or inner hyphens and start with a letter",
                    "write for example 'nightly-etl'");
        }
    }

    private void words(String path, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).indexOf('\0') >= 0) {
                add(path + "[" + i + "]", "...", "must not hold a NUL character", "remove it");
            }
        }
        if (path.equals("command") && !words.isEmpty() && words.get(0).isEmpty()) {
            add("command[0]", "", "must name a program", "write for example '/bin/sh'");
        }
    }

    private void env(WorkloadBuilder<?> b) {
        b.env.forEach((variable, value) -> {
            envName("env", variable);
            if (value.indexOf('\0') >= 0) {
                add("env." + variable, "...", "must not hold a NUL character", "remove it");
            }
        });
        b.secretEnv.keySet().forEach(variable -> {
            envName("secretEnv", variable);
            if (b.env.containsKey(variable)) {
                add("secretEnv." + variable, variable, "must not be in env as well", "keep one of the two");
            }
        });
    }

    private void envName(String path, String variable) {
        if (!ENV_NAME.matcher(variable).matches()) {
            add(
                    path + "." + variable,
                    variable,
                    "must match " + ENV_NAME.pattern(),
                    "use letters, digits and underscores");
        } else if (variable.equals("PORT") || variable.startsWith("CLOUD_RUN_") || variable.startsWith("K_")) {
            add(
                    path + "." + variable,
                    variable,
                    "is set by the platform (PORT, CLOUD_RUN_*, K_*)",
                    variable.equals("PORT") ? "set the port of the service instead" : "choose another name");
        }
    }

    private void paths(WorkloadBuilder<?> b) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < b.volumes.size(); i++) {
            mountPoint("volumes[" + i + "].path", b.volumes.get(i).path(), seen);
        }
        for (String path : b.secretFiles.keySet()) {
            mountPoint("secretFiles." + path, path, seen);
        }
    }

    private void mountPoint(String at, String path, Set<String> seen) {
        if (path(at, path) && !seen.add(path)) {
            add(at, path, "must be mounted once", "choose another path");
        }
    }

    private boolean path(String at, String path) {
        boolean legal = path.startsWith("/")
                && path.length() > 1
                && !path.contains(":")
                && path.indexOf('\0') < 0
                && !List.of(path.split("/", -1)).contains("..");
        if (!legal) {
            add(at, path, "must be an absolute path other than / without '..' and ':'", "write for example '/data'");
        }
        return legal;
    }

    private void labels(Map<String, String> labels) {
        labels.forEach((key, value) -> {
            if (!LABEL_KEY.matcher(key).matches()) {
                add("labels." + key, key, "must match " + LABEL_KEY.pattern(), "write for example 'team'");
            } else if (key.startsWith("io.portolan")) {
                add("labels." + key, key, "must not start with io.portolan", "choose another key");
            }
            if (!LABEL_VALUE.matcher(value).matches()) {
                add(
                        "labels." + key,
                        value,
                        "must match " + LABEL_VALUE.pattern(),
                        "shorten it or replace other characters by -");
            }
        });
    }

    private void stopGracePeriod(Duration grace) {
        if (grace.isNegative()
                || grace.compareTo(MAX_GRACE) > 0
                || !grace.equals(Duration.ofSeconds(grace.toSeconds()))) {
            add("stopGracePeriod", grace.toString(), "must be 0 to 1 hour in whole seconds", "write for example PT10S");
        }
    }

    static void range(List<Violation> found, String path, long value, long min, long max) {
        if (value < min || value > max) {
            found.add(new Violation(
                    path, Long.toString(value), "must be " + min + " to " + max, "choose a number in this range"));
        }
    }

    static void positiveSeconds(List<Violation> found, String path, @Nullable Duration value, Duration max) {
        if (value != null && (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(max) > 0)) {
            found.add(new Violation(
                    path,
                    value.toString(),
                    "must be " + Duration.ofSeconds(1) + " to " + max,
                    "write for example PT30M"));
        }
    }
}
