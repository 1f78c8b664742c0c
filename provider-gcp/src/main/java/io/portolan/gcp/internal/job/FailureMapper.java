package io.portolan.gcp.internal.job;

import com.google.cloud.run.v2.Condition;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives what Cloud Run says of failures a neutral cause: the reasons of conditions, and where there is none, parts of its texts. Pure. The reasons
 * are those of the discovery document of run v2 (revision 20260807). The texts of timeouts, quotas, memory and processors are as users quote
 * them; those of commands, volumes, capacity and maintenance are guesses, which do no more harm than to leave a failure unexplained.
 */
final class FailureMapper {
    private static final int LONGEST = 1000;

    static final String MORE_MEMORY = "Raise resources.memory, or make the program use less";
    private static final String IMAGE_NAME =
            "Check registry, repository and tag; Cloud Run pulls from Artifact Registry"
                    + " and public registries only, others need a remote repository";
    private static final String MAY_PULL =
            "The Cloud Run service agent needs roles/artifactregistry.reader on the repository of the image";
    private static final String MAY_READ =
            "The service account of the job needs roles/secretmanager.secretAccessor on the"
                    + " secret, and the version must exist";
    private static final String AMD64 = "Cloud Run runs linux/amd64 only: build the image for it, without attestations";

    /** One row: the first whose pattern is found decides. */
    private record Row(
            Pattern pattern, FailureCause cause, @Nullable String hint) {}

    private static final List<Row> ROWS = List.of(
            row("configured timeout was reached", FailureCause.TIMEOUT, null),
            row("Quota violated|[Qq]uota.{0,40}exceeded|exceeded.{0,40}quota", FailureCause.QUOTA, null),
            row("(?i)memory limit|out of memory|out-of-memory|OOM", FailureCause.OUT_OF_MEMORY, MORE_MEMORY),
            row("(?i)exec format error|must support amd64|manifest type", FailureCause.BAD_IMAGE, AMD64),
            row(
                    "(?i)image '?[^ ]*'? not found|manifest unknown|name unknown|image .{0,200}does not exist",
                    FailureCause.IMAGE_NOT_FOUND,
                    IMAGE_NAME),
            row(
                    "(?i)permission to (?:read|access) the image|artifactregistry\\.repositories\\.downloadArtifacts|pull access denied|unauthorized.{0,80}image|image.{0,200}unauthorized",
                    FailureCause.IMAGE_AUTH,
                    MAY_PULL),
            row("(?i)image.{0,200}(?:timed out|unavailable|try again)", FailureCause.IMAGE_PULL_TRANSIENT, null),
            row("(?i)secretmanager|secret .{0,200}(?:not found|denied|access)", FailureCause.SECRET, MAY_READ),
            row(
                    "(?i)executable file not found|failed to load|no such file or directory|failed to find .{0,80}(?:entrypoint|command)|exec likely failed|application failed to start|invalid command",
                    FailureCause.BAD_COMMAND,
                    "Check command and args: the first word must be an executable file of the image"),
            row("(?i)mount|gcsfuse|volume", FailureCause.VOLUME, null),
            row(
                    "(?i)no available instance|insufficient capacity|no capacity|out of capacity|resource exhausted|temporarily unavailable",
                    FailureCause.NO_CAPACITY,
                    null),
            row("(?i)maintenance|preempt", FailureCause.PREEMPTED, null));

    private FailureMapper() {}

    private static Row row(String pattern, FailureCause cause, @Nullable String hint) {
        return new Row(Pattern.compile(pattern), cause, hint);
    }

    /**
     * What a text means.
     *
     * @param text as Cloud Run gave it
     * @param nativeCode the code to show
     * @return empty for a text that is not known
     */
    static Optional<Failure> find(String text, String nativeCode) {
        return ROWS.stream()
                .filter(row -> row.pattern.matcher(text).find())
                .findFirst()
                .map(row -> failure(row.cause, text, nativeCode, row.hint));
    }

    /**
     * What a condition means that failed.
     *
     * @param condition of a job or an execution
     * @return the failure; its code is the condition's reason
     */
    static Failure of(Condition condition) {
        String text = condition.getMessage();
        String code = code(condition);
        Failure byReason = byReason(condition, text, code);
        if (byReason != null) {
            return byReason;
        }
        return find(text, code).orElseGet(() -> failure(FailureCause.PLATFORM, text, code, null));
    }

    private static @Nullable Failure byReason(Condition condition, String text, String code) {
        return switch (condition.getReasonsCase()) {
            case REASON -> ofCommon(condition.getReason(), text, code);
            case EXECUTION_REASON -> ofExecution(condition.getExecutionReason(), text, code);
            default -> null;
        };
    }

    private static @Nullable Failure ofCommon(Condition.CommonReason reason, String text, String code) {
        return switch (reason) {
            case CONTAINER_MISSING -> failure(FailureCause.IMAGE_NOT_FOUND, text, code, IMAGE_NAME);
            case CONTAINER_PERMISSION_DENIED, CONTAINER_IMAGE_UNAUTHORIZED ->
                failure(FailureCause.IMAGE_AUTH, text, code, MAY_PULL);
            case CONTAINER_IMAGE_AUTHORIZATION_CHECK_FAILED ->
                failure(FailureCause.IMAGE_AUTH, text, code, "Look at the policy of Binary Authorization");
            case SECRETS_ACCESS_CHECK_FAILED -> failure(FailureCause.SECRET, text, code, MAY_READ);
            case VPC_NETWORK_NOT_FOUND ->
                failure(FailureCause.PLACEMENT, text, code, "Check portolan.gcp.network and subnetwork");
            case ENCRYPTION_KEY_PERMISSION_DENIED, ENCRYPTION_KEY_CHECK_FAILED ->
                failure(
                        FailureCause.PLACEMENT,
                        text,
                        code,
                        "The Cloud Run service agent must be allowed to use the encryption key");
            case PROGRESS_DEADLINE_EXCEEDED ->
                find(text, code).orElseGet(() -> failure(FailureCause.PLATFORM, text, code, null));
            default -> null;
        };
    }

    private static @Nullable Failure ofExecution(Condition.ExecutionReason reason, String text, String code) {
        return switch (reason) {
            case CANCELLED, CANCELLING -> failure(FailureCause.CANCELLED, text, code, null);
            case DELETED -> failure(FailureCause.CANCELLED, text, code, "Somebody deleted the execution while it ran");
            case NON_ZERO_EXIT_CODE ->
                find(text, code).orElseGet(() -> failure(FailureCause.APP_EXIT, text, code, null));
            default -> null;
        };
    }

    private static String code(Condition condition) {
        return switch (condition.getReasonsCase()) {
            case REASON -> condition.getReason().name();
            case EXECUTION_REASON -> condition.getExecutionReason().name();
            case REVISION_REASON -> condition.getRevisionReason().name();
            default -> condition.getState().name();
        };
    }

    /**
     * Whether an error of a start says that the execution can never run as asked.
     *
     * @param error what the start was refused with
     * @return the failure; empty if the error is of another kind
     */
    static Optional<Failure> ofRefusal(PortolanException error) {
        String said = String.valueOf(error.getMessage());
        String code = error.nativeCode().orElse(error.code().name());
        if (error.code() == ErrorCode.QUOTA_EXCEEDED) {
            return Optional.of(failure(FailureCause.QUOTA, said, code, null));
        }
        return error.code() == ErrorCode.INVALID_ARGUMENT
                ? find(said, code).filter(failure -> isOfWhatRuns(failure.cause()))
                : Optional.empty();
    }

    private static boolean isOfWhatRuns(FailureCause cause) {
        return switch (cause) {
            case IMAGE_NOT_FOUND, IMAGE_AUTH, BAD_IMAGE, SECRET, QUOTA, NO_CAPACITY -> true;
            default -> false;
        };
    }

    static Failure failure(FailureCause cause, String text, String code, @Nullable String hint) {
        Failure failure = Failure.of(cause, text.isBlank() ? "Cloud Run gave no reason" : shown(text))
                .nativeCode(code);
        return hint == null ? failure : failure.hint(hint);
    }

    private static String shown(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
