package io.portolan.aws.internal.portability;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.Capacity;
import io.portolan.aws.internal.config.OptionNames;
import io.portolan.aws.internal.config.ServiceAccess;
import io.portolan.aws.internal.definition.CapacityMapper;
import io.portolan.aws.option.ServiceExposure;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.WorkloadSpec;
import java.util.List;

/** What must be set beside the spec so that a task can start: the execution role and the network. Pure. */
final class PlaceFindings {
    private final WorkloadSpec spec;
    private final AwsSettings settings;
    private final Capacity capacity;
    private final FindingList findings;

    PlaceFindings(WorkloadSpec spec, AwsSettings settings, FindingList findings) {
        this.spec = spec;
        this.settings = settings;
        this.capacity = CapacityMapper.of(spec, settings);
        this.findings = findings;
    }

    void all() {
        role();
        network();
        if (capacity.isFargate() && settings.option(OptionNames.INSTANCE_TYPES).isPresent()) {
            findings.ignore("options.aws." + OptionNames.INSTANCE_TYPES, "there are no instances to choose on Fargate");
        }
    }

    /** On instances the agent pulls and logs by the role of the instance; secrets need the execution role everywhere. */
    private void role() {
        if (settings.text(AwsKeys.EXECUTION_ROLE).isPresent()
                || Patches.sets(settings, "RegisterTaskDefinition", "executionRoleArn")) {
            return;
        }
        boolean secrets = !spec.container().secretEnv().isEmpty();
        if (!capacity.isFargate() && !secrets) {
            return;
        }
        String image = spec.container().image().registry();
        String needs = (capacity.isFargate() ? "to write logs" : "")
                + (capacity.isFargate() && isEcr(image) ? ", to pull from " + image : "")
                + (secrets ? (capacity.isFargate() ? ", " : "") + "to read secrets" : "");
        findings.reject(
                "options.aws.executionRole",
                "ECS needs an execution role " + needs,
                "set portolan.aws." + AwsKeys.EXECUTION_ROLE
                        + " to the ARN of a role with the policy AmazonECSTaskExecutionRolePolicy"
                        + (secrets ? ", which may read the secrets" : ""),
                "docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html (2026-08)");
    }

    private void network() {
        boolean subnets = !settings.list(AwsKeys.SUBNETS).isEmpty();
        // An Express service runs in the default VPC if nothing is said.
        boolean express = spec instanceof ServiceSpec service
                && ServiceAccess.of(service, settings)
                        .filter(ServiceExposure.EXPRESS::equals)
                        .isPresent();
        String patchable = spec instanceof ServiceSpec ? "CreateService" : "RunTask";
        if (capacity.isFargate()
                && !subnets
                && !express
                && !Patches.sets(settings, patchable, "networkConfiguration")) {
            findings.reject(
                    "options.aws.subnets",
                    "a task on Fargate needs the subnets that it runs in",
                    "set portolan.aws." + AwsKeys.SUBNETS + " to one or more ids, separated by commas",
                    Sources.NETWORK);
        }
        if (!capacity.isFargate() && settings.flag(AwsKeys.PUBLIC_IP)) {
            findings.ignore("options.aws.assignPublicIp", "tasks on instances have no public address of their own");
        }
        limit("subnets", AwsKeys.SUBNETS, 16);
        limit("securityGroups", AwsKeys.SECURITY_GROUPS, 5);
    }

    private void limit(String option, String key, int most) {
        List<String> ids = settings.list(key);
        if (ids.size() > most) {
            findings.reject(
                    "options.aws." + option,
                    "there are " + ids.size() + ", and ECS takes at most " + most,
                    "name fewer",
                    Sources.NETWORK);
        }
    }

    private static boolean isEcr(String registry) {
        return registry.matches("[0-9]{12}\\.dkr[.-]ecr\\..*");
    }
}
