package io.portolan.aws.internal.portability;

import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.OptionNames;
import io.portolan.spec.JobSpec;
import io.portolan.spec.WorkloadSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names and values of the options. Pure. */
final class OptionFindings {
    /** Options that cover a key of the configuration. */
    private static final List<String> OF_KEYS = List.of(
            "capacity",
            "taskRole",
            "executionRole",
            "infrastructureRole",
            "namespace",
            "subnets",
            "securityGroups",
            "assignPublicIp",
            "timerImage");

    private static final List<String> OWN = List.of(
            OptionNames.EXPOSURE,
            OptionNames.TARGET_GROUP,
            OptionNames.TARGET_GROUP_URL,
            OptionNames.STRATEGY,
            OptionNames.SCALING_METRIC,
            OptionNames.SCALING_TARGET,
            OptionNames.INSTANCE_TYPES,
            OptionNames.PLATFORM_VERSION,
            OptionNames.SERVER_TIMEOUT,
            OptionNames.EXECUTE_COMMAND);

    private static final List<String> KNOWN = known();

    /** What an option may be, for those that do not take any text. */
    private static final Map<String, String> VALUES = Map.of(
            OptionNames.EXPOSURE,
            "EXPRESS|TARGET_GROUP|SERVICE_CONNECT|NONE",
            OptionNames.STRATEGY,
            "ROLLING|BLUE_GREEN|LINEAR|CANARY",
            OptionNames.SCALING_METRIC,
            "CPU|MEMORY|REQUESTS",
            OptionNames.SCALING_TARGET,
            "[1-9][0-9]{0,5}",
            OptionNames.SERVER_TIMEOUT,
            "true|false",
            OptionNames.EXECUTE_COMMAND,
            "true|false",
            "assignPublicIp",
            "true|false");

    private static final Set<String> OF_SERVICES = Set.of(
            OptionNames.EXPOSURE,
            OptionNames.TARGET_GROUP,
            OptionNames.TARGET_GROUP_URL,
            OptionNames.STRATEGY,
            OptionNames.SCALING_METRIC,
            OptionNames.SCALING_TARGET,
            OptionNames.PATCH + "CreateService",
            OptionNames.PATCH + "UpdateService",
            OptionNames.PATCH + "CreateExpressGatewayService",
            OptionNames.PATCH + "UpdateExpressGatewayService");

    private static final Set<String> OF_JOBS =
            Set.of(OptionNames.SERVER_TIMEOUT, "timerImage", OptionNames.PATCH + "RunTask");

    private final WorkloadSpec spec;
    private final AwsSettings settings;
    private final FindingList findings;

    OptionFindings(WorkloadSpec spec, AwsSettings settings, FindingList findings) {
        this.spec = spec;
        this.settings = settings;
        this.findings = findings;
    }

    void all() {
        AwsSettings.optionsOf(spec).forEach((name, value) -> {
            String field = "options.aws." + name;
            if (!KNOWN.contains(name)) {
                findings.reject(
                        field,
                        "there is no such option",
                        NearestName.of(name, KNOWN)
                                .map(nearest -> "did you mean '" + nearest + "'?")
                                .orElse("use one of " + String.join(", ", KNOWN)),
                        null);
            } else if (!value.matches(VALUES.getOrDefault(name, "(?s).*"))) {
                findings.reject(
                        field,
                        "was '" + value + "'",
                        name.equals(OptionNames.SCALING_TARGET)
                                ? "write a number of 1 or more"
                                : "use " + VALUES.getOrDefault(name, "").replace("|", ", "),
                        null);
            } else {
                known(field, name);
            }
        });
    }

    private void known(String field, String name) {
        boolean job = spec instanceof JobSpec;
        if ((job ? OF_SERVICES : OF_JOBS).contains(name)) {
            findings.ignore(field, "this setting is for a " + (job ? "service" : "job"));
        } else if (name.equals(OptionNames.SERVER_TIMEOUT)
                && spec instanceof JobSpec timed
                && timed.timeout().isEmpty()) {
            findings.ignore(field, "the job has no timeout");
        } else if (name.startsWith(OptionNames.PATCH)) {
            Patches.check(settings, name.substring(OptionNames.PATCH.length()), findings);
        }
    }

    private static List<String> known() {
        List<String> known = new ArrayList<>(OF_KEYS);
        known.addAll(OWN);
        OptionNames.PATCHABLE.forEach(request -> known.add(OptionNames.PATCH + request));
        return List.copyOf(known);
    }
}
