package io.portolan.aws.internal.job;

import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives the texts of ECS a neutral cause: the reasons of stopped tasks, of their containers, and of tasks that were not placed. Pure. ECS has
 * codes for few of them; the texts are matched by the parts that its error reference keeps. Source:
 * docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html and .../APIReference/API_Failures (2026-08).
 */
final class FailureMapper {
    private static final int LONGEST = 1000;

    private static final String PRIVATE_SUBNET =
            "In a private subnet a task needs a NAT gateway, or VPC endpoints for ecr.api, ecr.dkr, logs, S3 (gateway) and,"
                    + " if it has secrets, secretsmanager or ssm; in a public one, portolan.aws.assign-public-ip";
    private static final String IMAGE_NAME = "Check registry, repository and tag";
    private static final String MAY_PULL =
            "The execution role must be allowed to pull: ecr:GetAuthorizationToken, ecr:BatchGetImage,"
                    + " ecr:GetDownloadUrlForLayer; other registries need repositoryCredentials";
    private static final String NO_ROUTE =
            "(?:i/o timeout|dial tcp|no route to host|network is unreachable|RequestCanceled|RequestError|context deadline exceeded|httpReadSeeker|Client\\.Timeout)";
    private static final String PULL = "(?i)Cannot ?Pull(?:Container|ECRContainer|Image|ImageManifest)?.*?";
    private static final String INIT = "(?i)ResourceInitializationError.*?";

    /** One row: the first whose pattern is found decides. */
    private record Row(
            Pattern pattern,
            FailureCause cause,
            boolean retryable,
            @Nullable String code,
            @Nullable String hint) {}

    private static final List<Row> ROWS = List.of(
            row(
                    "OutOfMemoryError",
                    FailureCause.OUT_OF_MEMORY,
                    "OutOfMemoryError",
                    "Raise resources.memory, or make the program use less"),
            row(
                    "Your Spot Task was interrupted|Host EC2 \\(instance [^)]*\\) (?:stopped|terminated)",
                    FailureCause.PREEMPTED,
                    null,
                    null),
            pull(
                    "no space left on device",
                    FailureCause.PLATFORM,
                    false,
                    "The image does not fit on the disk of the task: raise resources.ephemeralStorage"),
            pull(
                    "(?:does not contain descriptor matching platform|no matching manifest|does not match the specified platform|image operating system)",
                    FailureCause.BAD_IMAGE,
                    false,
                    "The image is not for the processor of the job: build it for resources.architecture"),
            pull(
                    "(?:not found|manifest unknown|invalid reference|does not exist|name unknown|manifest for)",
                    FailureCause.IMAGE_NOT_FOUND,
                    false,
                    IMAGE_NAME + "; a private repository may also need the execution role's permission to pull"),
            pull(
                    "(?:AccessDenied|not authorized|unauthorized|access denied|authorization failed|no basic auth credentials|authentication required|403)",
                    FailureCause.IMAGE_AUTH,
                    false,
                    MAY_PULL),
            pull(NO_ROUTE, FailureCause.IMAGE_PULL_TRANSIENT, true, PRIVATE_SUBNET),
            pull("", FailureCause.IMAGE_PULL_TRANSIENT, true, null),
            init(
                    "(?:\\bEFS\\b|\\bfs-[0-9a-f]|mount|volume)",
                    FailureCause.VOLUME,
                    false,
                    "Check the file system, its access point, its mount targets in the subnets, and that the security group"
                            + " lets port 2049 through"),
            init(
                    "(?:log group|log driver|awslogs|logger|log stream|CloudWatch)",
                    FailureCause.PLATFORM,
                    false,
                    "The log group must exist and the execution role must be allowed to write to it: logs:CreateLogStream,"
                            + " logs:PutLogEvents. " + PRIVATE_SUBNET),
            init("network interface", FailureCause.PLATFORM, true, null),
            init(
                    "(?:ecr registry auth|api\\.ecr|ecr:GetAuthorizationToken)",
                    FailureCause.IMAGE_AUTH,
                    false,
                    MAY_PULL + ". " + PRIVATE_SUBNET),
            init(
                    "(?:secret|\\basm\\b|\\bssm\\b|parameter|registry auth)",
                    FailureCause.SECRET,
                    false,
                    "The secret must exist and the execution role must be allowed to read it:"
                            + " secretsmanager:GetSecretValue or ssm:GetParameters, and kms:Decrypt. "
                            + PRIVATE_SUBNET),
            init("", FailureCause.PLATFORM, true, PRIVATE_SUBNET),
            row(
                    "Timeout waiting for network interface provisioning",
                    FailureCause.PLATFORM,
                    "NetworkInterfaceProvisioning",
                    null),
            row(
                    "(?i)You've reached the limit on the number of",
                    FailureCause.QUOTA,
                    null,
                    "Ask AWS for a higher Fargate quota, or lower the job's parallelism"),
            row(
                    "\\bATTRIBUTE\\b|(?i:placement constraint unsatisfied)|(?i:MemberOf placement)",
                    FailureCause.PLACEMENT,
                    null,
                    "No instance of the cluster has what the job asks for: look at AwsOptions.instanceTypes and at the"
                            + " cluster's capacity providers"),
            row(
                    "\\bRESOURCE:|\\bAGENT\\b|\\bLOCATION\\b|(?i:NO ACTIVE INSTANCES)|(?i:EMPTY CAPACITY PROVIDER)"
                            + "|(?i:Capacity is unavailable)|(?i:No Container Instances were found)",
                    FailureCause.NO_CAPACITY,
                    null,
                    "Give more subnets in other availability zones, or more instances"),
            row(
                    "(?i)exec format error",
                    FailureCause.BAD_IMAGE,
                    "CannotStartContainerError",
                    "The image is not for the processor of the job: build it for resources.architecture"),
            row(
                    "(?i)(?:Cannot(?:Start|Create)Container|ContainerRuntimeError).*?(?:executable file not found|no such file or directory|permission denied|is a directory|exec: )",
                    FailureCause.BAD_COMMAND,
                    "CannotStartContainerError",
                    "Look at command and args: the program must be in the image and executable"),
            row(
                    "(?i)no command specified",
                    FailureCause.BAD_IMAGE,
                    "CannotCreateContainerError",
                    "The image has no command of its own: set command or args"),
            row(
                    "(?i)(?:Cannot(?:Start|Create)Container|ContainerRuntimeError).*?(?:mount|volume)",
                    FailureCause.VOLUME,
                    "CannotCreateContainerError",
                    null),
            platform("InternalError"),
            platform("CannotInspectContainerError"),
            platform("ContainerRuntimeTimeoutError"),
            platform("DockerTimeoutError"),
            platform("CgroupError"),
            platform("CannotStartContainerError"),
            platform("CannotCreateContainerError"),
            platform("ContainerRuntimeError"),
            platform("CannotStopContainerError"),
            platform("TaskFailedToStart: Unexpected EC2 error"));

    private FailureMapper() {}

    private static Row row(String pattern, FailureCause cause, @Nullable String code, @Nullable String hint) {
        return new Row(Pattern.compile(pattern, Pattern.DOTALL), cause, cause.isRetryable(), code, hint);
    }

    private static Row pull(String pattern, FailureCause cause, boolean retryable, @Nullable String hint) {
        return new Row(
                Pattern.compile(PULL + pattern, Pattern.DOTALL), cause, retryable, "CannotPullContainerError", hint);
    }

    private static Row init(String pattern, FailureCause cause, boolean retryable, @Nullable String hint) {
        return new Row(
                Pattern.compile(INIT + pattern, Pattern.DOTALL), cause, retryable, "ResourceInitializationError", hint);
    }

    private static Row platform(String code) {
        return row(Pattern.quote(code), FailureCause.PLATFORM, code, null);
    }

    /**
     * What a text of ECS means.
     *
     * @param text reasons, as ECS gave them
     * @param nativeCode the code to show where the text has none
     * @return empty for a text that is not known
     */
    static Optional<Failure> find(String text, String nativeCode) {
        for (Row row : ROWS) {
            if (row.pattern.matcher(text).find()) {
                Failure failure = Failure.of(row.cause, shown(text))
                        .retryable(row.retryable)
                        .nativeCode(row.code == null ? nativeCode : row.code);
                return Optional.of(row.hint == null ? failure : failure.hint(row.hint));
            }
        }
        return Optional.empty();
    }

    static String shown(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
