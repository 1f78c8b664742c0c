package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.internal.gcp.GcpError;
import io.portolan.emulator.internal.gcp.run.template.Quantity;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the platform refuses though it fits the discovery document. */
final class JobChecks {
    private static final int MAX_NAME = 63;
    private static final int MAX_TASKS = 10_000;
    private static final int MAX_RETRIES = 10;
    private static final BigDecimal MAX_TIMEOUT = BigDecimal.valueOf(168 * 3600);
    private static final int MAX_ENTRIES = 1000;
    private static final int MAX_VALUE = 32_768;
    private static final Set<String> RESERVED = Set.of(
            "PORT",
            "K_SERVICE",
            "K_REVISION",
            "K_CONFIGURATION",
            "CLOUD_RUN_JOB",
            "CLOUD_RUN_EXECUTION",
            "CLOUD_RUN_TASK_INDEX",
            "CLOUD_RUN_TASK_ATTEMPT",
            "CLOUD_RUN_TASK_COUNT",
            "CLOUD_RUN_WORKER_POOL",
            "CLOUD_RUN_REVISION");
    private static final List<String> NAMESPACES =
            List.of("run.googleapis.com/", "cloud.googleapis.com/", "serving.knative.dev/", "autoscaling.knative.dev/");

    private JobChecks() {}

    static void checkId(String id) {
        if (!id.matches("[a-z]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw GcpError.invalid("Violation in CreateJobRequest.job_id: Only lowercase, digits, and hyphens; must"
                    + " begin with letter, and cannot end with hyphen; must be less than 64 characters.");
        }
    }

    static void check(JobName name, JsonNode job) {
        Stream.of(job, job.path("template"))
                .flatMap(node -> Stream.of(node.path("labels"), node.path("annotations")))
                .forEach(JobChecks::checkKeys);
        checkTokens(name, job);
        checkTaskCount(job.path("template").path("taskCount"), "template.task_count");
        between(job.path("template").path("parallelism"), 0, MAX_TASKS, "template.parallelism");
        JsonNode task = job.path("template").path("template");
        String path = "template.template";
        between(task.path("maxRetries"), 0, MAX_RETRIES, path + ".max_retries");
        checkTimeout(task.path("timeout"), path + ".timeout");
        if (task.path("executionEnvironment").asText().endsWith("GEN1")) {
            throw GcpError.invalid("template.annotations: Annotation 'run.googleapis.com/execution-environment' with"
                    + " value 'gen1' is not supported on resources of kind Execution.");
        }
        checkContainers(task, path);
    }

    static void checkTaskCount(JsonNode count, String path) {
        between(count, 0, MAX_TASKS, path);
    }

    static void checkTimeout(JsonNode timeout, String path) {
        if (timeout.isTextual()) {
            BigDecimal seconds = new BigDecimal(timeout.asText().replace("s", ""));
            if (seconds.signum() < 0 || seconds.compareTo(MAX_TIMEOUT) > 0) {
                throw GcpError.invalid(path + ": must be between 0s and " + MAX_TIMEOUT + "s.");
            }
        }
    }

    static void checkEnvironment(JsonNode variables, String path) {
        if (variables.size() > MAX_ENTRIES) {
            throw GcpError.invalid(path + ": must not have more than " + MAX_ENTRIES + " variables.");
        }
        Set<String> reserved = new TreeSet<>();
        Set<String> names = new HashSet<>();
        for (JsonNode variable : variables) {
            String name = variable.path("name").asText();
            if (RESERVED.contains(name) || name.startsWith("X_GOOGLE_")) {
                reserved.add(name);
            }
            if (!names.add(name)) {
                throw GcpError.invalid(path + ": duplicate variable " + name + ".");
            }
            if (variable.path("value").asText().length() > MAX_VALUE) {
                throw GcpError.invalid(path + ": the value of " + name + " is longer than " + MAX_VALUE + " bytes.");
            }
        }
        if (!reserved.isEmpty()) {
            throw GcpError.invalid(path + ": The following reserved env names were provided: "
                    + String.join(", ", reserved) + ". These values are automatically set by the system.");
        }
    }

    private static void checkTokens(JobName name, JsonNode job) {
        String start = job.path("startExecutionToken").asText();
        String run = job.path("runExecutionToken").asText();
        if (!start.isEmpty() && !run.isEmpty()) {
            throw GcpError.invalid("Only one of start_execution_token and run_execution_token may be set.");
        }
        String token = start + run;
        if (!token.isEmpty() && !token.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")) {
            throw GcpError.invalid("execution_token: must have lowercase letters, digits and hyphens only.");
        }
        if (!token.isEmpty() && name.id().length() + token.length() >= MAX_NAME) {
            throw GcpError.invalid(
                    "execution_token: The sum of job name and token length must be fewer than 63 characters.");
        }
    }

    private static void checkContainers(JsonNode task, String path) {
        JsonNode containers = task.path("containers");
        if (containers.isEmpty()) {
            throw GcpError.invalid(path + ".containers: must contain at least one container.");
        }
        Set<String> volumes = new HashSet<>();
        task.path("volumes").forEach(volume -> volumes.add(volume.path("name").asText()));
        Set<String> names = new HashSet<>();
        containers.forEach(container -> names.add(container.path("name").asText()));
        for (int i = 0; i < containers.size(); i++) {
            JsonNode container = containers.get(i);
            String at = path + ".containers[" + i + "]";
            if (container.path("image").asText().isEmpty()) {
                throw GcpError.invalid(at + ".image: Expected an image import path like 'gcr.io/project/image'.");
            }
            if (container.path("args").size() > MAX_ENTRIES) {
                throw GcpError.invalid(at + ".args: must not have more than " + MAX_ENTRIES + " arguments.");
            }
            checkEnvironment(container.path("env"), at + ".env");
            checkLimits(container.path("resources").path("limits"), at + ".resources.limits");
            for (JsonNode mount : container.path("volumeMounts")) {
                if (!volumes.contains(mount.path("name").asText())) {
                    throw GcpError.invalid(at + ".volume_mounts: there is no volume "
                            + mount.path("name").asText() + ".");
                }
            }
            for (JsonNode needed : container.path("dependsOn")) {
                if (!names.contains(needed.asText())) {
                    throw GcpError.invalid(at + ".depends_on: there is no container " + needed.asText() + ".");
                }
            }
        }
    }

    private static void checkLimits(JsonNode limits, String path) {
        limits.properties().forEach(limit -> {
            if (!Quantity.isValid(limit.getValue().asText())) {
                throw GcpError.invalid(path + "." + limit.getKey() + ": could not be parsed as a quantity.");
            }
        });
    }

    private static void between(JsonNode number, int from, int to, String path) {
        if (number.isNumber() && (number.asInt() < from || number.asInt() > to)) {
            throw GcpError.invalid(path + ": must be between " + from + " and " + to + ".");
        }
    }

    private static void checkKeys(JsonNode labels) {
        labels.properties().forEach(label -> {
            if (NAMESPACES.stream().anyMatch(label.getKey()::startsWith)) {
                throw GcpError.invalid("Label or annotation key '" + label.getKey() + "' is in a reserved namespace.");
            }
        });
    }
}
