package io.portolan.local.internal.image;

import io.portolan.error.ErrorCode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What kind of error an engine means when it reports a registry's answer in its own words. Pure. The engine has no codes for these, only
 * texts; they are matched by the parts that stayed the same from Docker Engine 20.10 to 28.
 */
final class RegistryMessages {
    /** A text and what it means. */
    private record Rule(Pattern text, ErrorCode code, String hint) {
        Rule(String text, ErrorCode code, String hint) {
            this(Pattern.compile(text, Pattern.CASE_INSENSITIVE), code, hint);
        }
    }

    /** The first that matches decides. */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "no space left on device|disk quota exceeded",
                    ErrorCode.QUOTA_EXCEEDED,
                    "the engine's disk is full: 'docker system df' shows what is on it"),
            new Rule(
                    "server gave HTTP response to HTTPS client|x509:|certificate",
                    ErrorCode.FAILED,
                    "the engine does not trust this registry: add its certificate, or list it under insecure-registries in the"
                            + " engine's daemon.json"),
            new Rule("toomanyrequests|too many requests", ErrorCode.THROTTLED, "wait, or log in"),
            new Rule(
                    "no such host|server misbehaving|connection refused|connection reset|no route to host|unreachable|timeout"
                            + "|timed out|deadline exceeded|TLS handshake|\\bEOF\\b|temporary failure"
                            + "|(?:status(?: code)?:?|response:) 50[234]",
                    ErrorCode.UNAVAILABLE,
                    "check the registry's name, and that the engine can reach it"),
            new Rule(
                    "unauthorized|authentication required|no basic auth credentials|incorrect username or password"
                            + "|(?:status(?: code)?:?|response:) 401",
                    ErrorCode.UNAUTHENTICATED,
                    "log in with 'docker login', or pass RegistryCredentials that the registry knows"),
            new Rule(
                    "pull access denied",
                    ErrorCode.NOT_FOUND,
                    "check repository and tag; a private repository needs 'docker login'"),
            new Rule(
                    "denied|forbidden|(?:status(?: code)?:?|response:) 403",
                    ErrorCode.PERMISSION_DENIED,
                    "grant these credentials access to the repository"),
            new Rule(
                    "no matching manifest|does not match the specified platform",
                    ErrorCode.UNSUPPORTED,
                    "the image is not there for this architecture"),
            new Rule(
                    "not found|manifest unknown|name unknown|no such image|repository name not known|does not exist",
                    ErrorCode.NOT_FOUND,
                    "check repository and tag"));

    private RegistryMessages() {}

    static ErrorCode code(String text) {
        return RULES.stream()
                .filter(rule -> rule.text().matcher(text).find())
                .map(Rule::code)
                .findFirst()
                .orElse(ErrorCode.FAILED);
    }

    /** What to do, beginning with "; ", or nothing. */
    static String hint(String text) {
        return RULES.stream()
                .filter(rule -> rule.text().matcher(text).find())
                .map(rule -> "; " + rule.hint())
                .findFirst()
                .orElse("");
    }
}
