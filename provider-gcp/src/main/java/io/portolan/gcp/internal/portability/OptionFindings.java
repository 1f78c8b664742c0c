package io.portolan.gcp.internal.portability;

import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.config.OptionNames;
import io.portolan.spec.JobSpec;
import io.portolan.spec.WorkloadSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names and values of the options. Pure. */
final class OptionFindings {
    private static final String FLAG = "true|false";

    /** Options that cover a key of the configuration. */
    private static final List<String> OF_KEYS = List.of(
            "serviceAccount",
            "network",
            "subnetwork",
            "networkTags",
            "vpcConnector",
            "vpcEgress",
            "publicAccess",
            "gpuZonalRedundancy");

    private static final List<String> OWN = List.of(
            OptionNames.INGRESS,
            OptionNames.INVOKER_CHECK,
            OptionNames.CONCURRENCY,
            OptionNames.REQUEST_TIMEOUT,
            OptionNames.CPU_ALLOCATION,
            OptionNames.STARTUP_BOOST,
            OptionNames.SESSION_AFFINITY,
            OptionNames.HTTP2,
            OptionNames.READINESS_PROBE,
            OptionNames.EXECUTION_ENVIRONMENT,
            OptionNames.MANUAL_SCALING,
            OptionNames.CLOUD_SQL,
            OptionNames.ENCRYPTION_KEY);

    private static final List<String> KNOWN = known();

    /** What an option may be, for those that do not take any text. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("vpcEgress", "PRIVATE_RANGES_ONLY|ALL_TRAFFIC"),
            Map.entry("publicAccess", "NO_INVOKER_CHECK|ALL_USERS"),
            Map.entry("gpuZonalRedundancy", FLAG),
            Map.entry(OptionNames.INGRESS, "ALL|INTERNAL|INTERNAL_AND_LOAD_BALANCER"),
            Map.entry(OptionNames.INVOKER_CHECK, FLAG),
            Map.entry(OptionNames.CONCURRENCY, "[1-9][0-9]{0,8}"),
            Map.entry(OptionNames.REQUEST_TIMEOUT, "[1-9][0-9]{0,8}"),
            Map.entry(OptionNames.CPU_ALLOCATION, "ALWAYS|REQUESTS"),
            Map.entry(OptionNames.STARTUP_BOOST, FLAG),
            Map.entry(OptionNames.SESSION_AFFINITY, FLAG),
            Map.entry(OptionNames.HTTP2, FLAG),
            Map.entry(OptionNames.READINESS_PROBE, FLAG),
            Map.entry(OptionNames.EXECUTION_ENVIRONMENT, "GEN1|GEN2"),
            Map.entry(OptionNames.MANUAL_SCALING, FLAG));

    private static final Set<String> OF_SERVICES = Set.of(
            "publicAccess",
            OptionNames.INGRESS,
            OptionNames.INVOKER_CHECK,
            OptionNames.CONCURRENCY,
            OptionNames.REQUEST_TIMEOUT,
            OptionNames.CPU_ALLOCATION,
            OptionNames.SESSION_AFFINITY,
            OptionNames.HTTP2,
            OptionNames.READINESS_PROBE,
            OptionNames.EXECUTION_ENVIRONMENT,
            OptionNames.MANUAL_SCALING,
            OptionNames.PATCH + "Service");

    private static final Set<String> OF_JOBS = Set.of(OptionNames.PATCH + "Job");

    private final WorkloadSpec spec;
    private final GcpSettings settings;
    private final FindingList findings;

    OptionFindings(WorkloadSpec spec, GcpSettings settings, FindingList findings) {
        this.spec = spec;
        this.settings = settings;
        this.findings = findings;
    }

    void all() {
        GcpSettings.optionsOf(spec).forEach((name, value) -> {
            String field = "options.gcp." + name;
            if (!KNOWN.contains(name)) {
                findings.reject(
                        field,
                        "there is no such option",
                        NearestName.of(name, KNOWN)
                                .map(nearest -> "did you mean '" + nearest + "'?")
                                .orElse("use one of " + String.join(", ", KNOWN)),
                        null);
            } else if (!value.strip().matches(VALUES.getOrDefault(name, "(?s).*"))) {
                findings.reject(field, "was '" + value + "'", fix(VALUES.getOrDefault(name, "")), null);
            } else {
                known(field, name);
            }
        });
    }

    private static String fix(String values) {
        return values.startsWith("[") ? "write a number of 1 or more" : "use " + values.replace("|", ", ");
    }

    private void known(String field, String name) {
        boolean job = spec instanceof JobSpec;
        if ((job ? OF_SERVICES : OF_JOBS).contains(name)) {
            findings.ignore(field, "this setting is for a " + (job ? "service" : "job"));
        } else if (name.equals("gpuZonalRedundancy")
                && spec.container().resources().gpu().isEmpty()) {
            findings.ignore(field, "the container has no GPU");
        } else if (name.startsWith(OptionNames.PATCH)) {
            Patches.check(settings, name.substring(OptionNames.PATCH.length()), findings);
        }
    }

    private static List<String> known() {
        List<String> known = new ArrayList<>(OF_KEYS);
        known.addAll(OWN);
        OptionNames.PATCHABLE.forEach(resource -> known.add(OptionNames.PATCH + resource));
        return List.copyOf(known);
    }
}
