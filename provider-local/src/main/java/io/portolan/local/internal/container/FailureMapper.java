package io.portolan.local.internal.container;

import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives the engine's texts a neutral cause. Pure. The engine has no codes for these, only texts; they are matched by the parts that stayed
 * the same from Docker Engine 20.10 to 28.
 */
public final class FailureMapper {
    private static final int LONGEST = 600;

    /** What is looked for, in this order: the first that matches decides. */
    private static final List<Rule> START = List.of(
            new Rule(
                    "no space left on device|disk quota exceeded",
                    FailureCause.PLATFORM,
                    "The engine's disk is full: remove what is not needed ('docker system df' shows what there is)"),
            new Rule(
                    "could not select device driver|nvidia-container-cli|unknown or invalid runtime name: nvidia|no known GPU",
                    FailureCause.PLACEMENT,
                    "The engine has no NVIDIA runtime or not enough GPUs: install the NVIDIA Container Toolkit, or leave"
                            + " out resources.gpu where there is no GPU"),
            new Rule(
                    "range of cpus is from",
                    FailureCause.PLACEMENT,
                    "The job asks for more cores than the engine's machine has: lower resources.cpu"),
            new Rule(
                    "minimum memory limit|memory limit too low|container init was oom-killed",
                    FailureCause.OUT_OF_MEMORY,
                    "The memory limit is too low even to start a process: raise resources.memory"),
            new Rule(
                    "does not match the specified platform|does not match the detected host platform|exec format error|no matching manifest",
                    FailureCause.BAD_IMAGE,
                    "The image is for another processor than the engine's: build it for this one, or set LocalOptions.platform"
                            + " where the engine emulates others"),
            new Rule(
                    "no command specified",
                    FailureCause.BAD_IMAGE,
                    "The image has no command of its own: set command or args"),
            new Rule(
                    "unable to find (user|group)|no matching entries in (passwd|group) file",
                    FailureCause.BAD_IMAGE,
                    "The image does not know this user: create it in the image, or use numbers"),
            new Rule(
                    "bind source path does not exist|invalid mount config|error mounting|mounting \".*\" to rootfs|failed to mount|"
                            + "mount denied|mounts denied|"
                            + "invalid volume|error while mounting volume|failed to chmod on|duplicate mount point",
                    FailureCause.VOLUME,
                    "Create the directory on the engine's machine, or mount it elsewhere"),
            new Rule(
                    "executable file not found|exec: \".*\": (stat .*: )?(no such file or directory|permission denied|is a directory)"
                            + "|starting container process caused.*(no such file or directory|permission denied)"
                            + "|unable to start container process: exec:",
                    FailureCause.BAD_COMMAND,
                    "Look at command and args: the program must be in the image and executable"),
            new Rule(
                    "no such image",
                    FailureCause.IMAGE_NOT_FOUND,
                    "Build or pull the image first, or set portolan.local.pull to missing"),
            new Rule(
                    "network .* not found|port is already allocated|address already in use",
                    FailureCause.PLATFORM,
                    null));

    private static final List<Rule> PULL = List.of(
            new Rule(
                    "no space left on device|disk quota exceeded",
                    FailureCause.PLATFORM,
                    "The engine's disk is full: remove what is not needed ('docker system df' shows what there is)"),
            new Rule(
                    "no matching manifest|does not match the specified platform|unsupported media type|not implemented",
                    FailureCause.BAD_IMAGE,
                    "The registry has the image, but not for this processor or not in a form that the engine can read"),
            new Rule(
                    "unauthorized|authentication required|no basic auth credentials|incorrect username or password|"
                            + "forbidden|(?<!permission |access )\\bdenied\\b|(?:status(?: code)?:?|response:) 40[13]",
                    FailureCause.IMAGE_AUTH,
                    "Log in with 'docker login REGISTRY', or use an image that needs no login"),
            new Rule(
                    "no such host|network is unreachable|no route to host|server gave http response to https client",
                    FailureCause.IMAGE_NOT_FOUND,
                    "The engine does not have the image and cannot reach its registry: build or load the image, or check the"
                            + " name and the network"),
            new Rule(
                    "not found|manifest unknown|name unknown|does not exist|invalid repository|repository name not known|"
                            + "(?:status(?: code)?:?|response:) 404",
                    FailureCause.IMAGE_NOT_FOUND,
                    "Check registry, repository and tag; a private repository may also need 'docker login'"),
            new Rule(
                    "timeout|timed out|toomanyrequests|too many requests|connection re|eof|status: 5|50[0-9]|unavailable|dial tcp|"
                            + "tls handshake|unexpected http",
                    FailureCause.IMAGE_PULL_TRANSIENT,
                    null));

    private FailureMapper() {}

    /**
     * Why a container could not be created or started.
     *
     * @param text what the engine said
     * @param nativeCode the engine's status or exit code
     * @return never null; {@code PLATFORM} where the engine failed inside, {@code UNKNOWN} for a text that is not known
     */
    public static Failure start(String text, String nativeCode) {
        boolean inside = nativeCode.startsWith("5") && nativeCode.length() == 3;
        return first(START, text, inside ? FailureCause.PLATFORM : FailureCause.UNKNOWN)
                .nativeCode(nativeCode);
    }

    /**
     * Why an image could not be pulled.
     *
     * @param text what the engine or the registry said
     * @return never null
     */
    public static Failure pull(String text) {
        return first(PULL, text, FailureCause.IMAGE_PULL_TRANSIENT);
    }

    /**
     * Whether the engine says that it does not have an image.
     *
     * @param text what it said
     * @return true if pulling may help
     */
    static boolean isMissingImage(String text) {
        return text.toLowerCase(Locale.ROOT).contains("no such image");
    }

    private static Failure first(List<Rule> rules, String text, FailureCause otherwise) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        for (Rule rule : rules) {
            if (rule.pattern.matcher(text).find()) {
                Failure failure = Failure.of(rule.cause, shown);
                return rule.hint == null ? failure : failure.hint(rule.hint);
            }
        }
        return Failure.of(otherwise, shown);
    }

    /** A text, what it means, and what to do about it. */
    private static final class Rule {
        private final Pattern pattern;
        private final FailureCause cause;
        private final @Nullable String hint;

        Rule(String regex, FailureCause cause, @Nullable String hint) {
            this.pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
            this.cause = cause;
            this.hint = hint;
        }
    }
}
