package io.portolan.aws.internal.portability;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.Capacity;
import io.portolan.aws.internal.config.OptionNames;
import io.portolan.aws.internal.config.ServiceAccess;
import io.portolan.aws.internal.definition.CapacityMapper;
import io.portolan.aws.internal.definition.HealthCheckMapper;
import io.portolan.aws.option.ServiceExposure;
import io.portolan.portability.Finding.Kind;
import io.portolan.spec.Exposure;
import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import io.portolan.spec.ServiceSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a service is reached, checked and changed. Pure. */
final class ServiceFindings {
    private final ServiceSpec spec;
    private final AwsSettings settings;
    private final Capacity capacity;
    private final ServiceExposure access;
    private final FindingList findings;

    ServiceFindings(ServiceSpec spec, AwsSettings settings, FindingList findings) {
        this.spec = spec;
        this.settings = settings;
        this.capacity = CapacityMapper.of(spec, settings);
        this.access = ServiceAccess.of(spec, settings)
                .orElse(ServiceExposure.NONE); // an unknown word has a finding of its own
        this.findings = findings;
    }

    void all() {
        if (access == ServiceExposure.EXPRESS && spec.port().protocol() == Port.Protocol.TCP) {
            findings.reject(
                    "port",
                    "an Express service answers HTTP, and the port speaks TCP",
                    "use Port.http, or option exposure TARGET_GROUP with a network load balancer",
                    Sources.EXPRESS);
        }
        scaling();
        exposure();
        probes();
        strategy();
    }

    private void scaling() {
        if (settings.option(OptionNames.SCALING_METRIC)
                        .filter("REQUESTS"::equals)
                        .isPresent()
                && !ServiceAccess.isBalanced(access)) {
            findings.reject(
                    "scaling",
                    "requests are counted by a load balancer, and there is none",
                    "scale by CPU or MEMORY",
                    "Application Auto Scaling API, PredefinedMetricSpecification (2026-08)");
        }
    }

    private void exposure() {
        if (spec.exposure() == Exposure.PUBLIC && !ServiceAccess.isBalanced(access)) {
            findings.adjust(
                    "exposure", "PUBLIC, but with option exposure " + access + " nobody outside reaches it", null);
        }
        switch (access) {
            case EXPRESS -> express();
            case TARGET_GROUP -> {
                required(OptionNames.TARGET_GROUP, "the ARN of a target group");
                required(OptionNames.TARGET_GROUP_URL, "the URL of its load balancer");
            }
            case SERVICE_CONNECT -> {
                if (settings.text(AwsKeys.NAMESPACE).isEmpty()) {
                    findings.reject(
                            "exposure",
                            "services find each other in a Cloud Map namespace, and none is set",
                            "set portolan.aws." + AwsKeys.NAMESPACE,
                            "ECS API, ServiceConnectConfiguration (2026-08)");
                }
            }
            case NONE -> {
                if (spec.exposure() == Exposure.INTERNAL) {
                    findings.adjust(
                            "exposure",
                            "other services do not find it by name; set portolan.aws." + AwsKeys.NAMESPACE
                                    + " so that they do",
                            "ECS API, ServiceConnectConfiguration (2026-08)");
                }
            }
        }
    }

    private void express() {
        if (!capacity.isFargate()) {
            findings.reject(
                    "exposure",
                    "an Express service runs on Fargate only, not on " + capacity.name(),
                    "choose capacity FARGATE, or option exposure TARGET_GROUP",
                    Sources.EXPRESS);
        } else if (capacity.kind() == Capacity.Kind.FARGATE_SPOT) {
            findings.adjust("exposure", "an Express service runs on FARGATE, not on FARGATE_SPOT", Sources.EXPRESS);
        }
        if (settings.text(AwsKeys.INFRASTRUCTURE_ROLE).isEmpty()) {
            findings.reject(
                    "exposure",
                    "ECS needs an infrastructure role to make the load balancer of a public service",
                    "set portolan.aws." + AwsKeys.INFRASTRUCTURE_ROLE
                            + " to the ARN of a role that may make load balancers, target groups and security groups",
                    Sources.EXPRESS);
        }
        if (spec.exposure() == Exposure.INTERNAL) {
            findings.adjust(
                    "exposure",
                    "INTERNAL, but an Express service is reached from everywhere unless its subnets are private",
                    Sources.EXPRESS);
        }
    }

    private void required(String option, String what) {
        if (settings.option(option).filter(text -> !text.isBlank()).isEmpty()) {
            findings.reject(
                    "options.aws." + option,
                    "exposure TARGET_GROUP needs " + what,
                    "use AwsOptions.targetGroup(arn, url)",
                    "ECS API, LoadBalancer (2026-08)");
        }
    }

    private void probes() {
        Probe readiness = spec.readiness();
        Probe liveness = spec.liveness().orElse(null);
        if (readiness.check() instanceof Probe.Exec) {
            command("readiness", readiness);
        } else if (access == ServiceExposure.TARGET_GROUP) {
            findings.adjust(
                    "readiness", "the health check of the target group decides, as it is set there", Sources.HEALTH);
        } else if (access == ServiceExposure.EXPRESS) {
            balanced(readiness, liveness);
        } else {
            unchecked("readiness", "a replica is ready when it runs");
        }
        if (liveness != null) {
            liveness(readiness, liveness);
        }
    }

    private void balanced(Probe readiness, @Nullable Probe liveness) {
        if (readiness.check() instanceof Probe.HttpGet get) {
            findings.adjust(
                    "readiness",
                    "the load balancer asks GET " + get.path() + ", at its own interval and with its own thresholds",
                    Sources.EXPRESS);
        } else if (liveness != null && liveness.check() instanceof Probe.HttpGet get) {
            findings.adjust(
                    "readiness",
                    "the load balancer asks GET " + get.path() + ", the path of the liveness probe",
                    Sources.EXPRESS);
        } else {
            findings.add(
                    "readiness",
                    Kind.ADJUSTED,
                    "the load balancer does not connect only, it asks GET / and wants status 200",
                    "use Probe.http with a path that answers",
                    Sources.EXPRESS);
        }
    }

    private void liveness(Probe readiness, Probe liveness) {
        if (liveness.check() instanceof Probe.Exec) {
            if (!(readiness.check() instanceof Probe.Exec)) {
                command("liveness", liveness);
            } else if (!readiness.equals(liveness)) {
                findings.adjust(
                        "liveness",
                        "a container has one health check: the command of the readiness probe counts for both",
                        Sources.HEALTH);
            }
        } else if (!ServiceAccess.isBalanced(access)) {
            unchecked("liveness", "a replica is replaced when its process ends");
        } else if (!liveness.check().equals(readiness.check()) && readiness.check() instanceof Probe.HttpGet get) {
            findings.adjust(
                    "liveness",
                    "a load balancer has one health check: GET " + get.path()
                            + " of the readiness probe counts for both",
                    Sources.HEALTH);
        } else if (!(liveness.check() instanceof Probe.HttpGet)) {
            findings.adjust("liveness", "the health check of the load balancer counts for both", Sources.HEALTH);
        }
    }

    private void command(String field, Probe probe) {
        List<String> changes = HealthCheckMapper.changes(probe);
        if (!changes.isEmpty()) {
            findings.adjust(field, String.join(", ", changes), Sources.HEALTH);
        }
        if (field.equals("readiness")) {
            findings.adjust(field, "ECS replaces a replica that was ready and does not pass any more", Sources.HEALTH);
            if (access == ServiceExposure.EXPRESS) {
                findings.adjust(field, "the load balancer asks GET / besides, and wants status 200", Sources.EXPRESS);
            }
        }
    }

    private void unchecked(String field, String becomes) {
        findings.add(
                field,
                Kind.ADJUSTED,
                "without a load balancer ECS does not look at the port: " + becomes,
                "use Probe.exec",
                Sources.HEALTH);
    }

    private void strategy() {
        String strategy = settings.option(OptionNames.STRATEGY).orElse("ROLLING");
        if (access == ServiceExposure.EXPRESS) {
            if (settings.option(OptionNames.STRATEGY).isPresent()) {
                findings.ignore(
                        "options.aws." + OptionNames.STRATEGY, "an Express service is always changed by a canary");
            }
        } else if (!strategy.equals("ROLLING")
                && !Patches.text(settings, "CreateService").contains("advancedConfiguration")
                && access != ServiceExposure.SERVICE_CONNECT) {
            findings.reject(
                    "options.aws." + OptionNames.STRATEGY,
                    strategy + " needs a second target group and a rule of the listener",
                    "set loadBalancers[0].advancedConfiguration by AwsOptions.createService, or use ROLLING",
                    Sources.DEPLOYMENT);
        }
    }
}
