package io.portolan.gcp.internal.service;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ProviderId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is told of services that are not as they should be. Pure. */
final class ServiceErrors {
    private static final String MEND = "look at its logs, mend the spec or the image, and deploy again";

    private ServiceErrors() {}

    static PortolanException of(ErrorCode code, String service, String message) {
        return PortolanException.builder(code, message)
                .provider(ProviderId.GCP.value())
                .resource(service)
                .build();
    }

    /**
     * A revision did not become ready.
     *
     * @param service as it was found
     * @param revision its newest revision; null if it cannot be read
     * @param lines its last words
     */
    static PortolanException failed(
            String name, int number, Service service, @Nullable Revision revision, List<String> lines) {
        String ofRevision = revision == null
                ? ""
                : ServiceState.ready(revision)
                        .filter(condition -> condition.getState() == Condition.State.CONDITION_FAILED)
                        .map(ServiceState::text)
                        .orElse("");
        String why = ofRevision.isEmpty() ? ServiceState.text(service.getTerminalCondition()) : ofRevision;
        StringBuilder text = new StringBuilder("Revision ")
                .append(number)
                .append(" of service '")
                .append(name)
                .append("' did not become ready: ")
                .append(why.isEmpty() ? "Cloud Run gives no reason" : sentence(why));
        String called = Shares.shortName(service.getLatestCreatedRevision());
        if (!called.isEmpty()) {
            text.append(" (at Cloud Run it is ").append(called).append(')');
        }
        if (!lines.isEmpty()) {
            text.append(". Its last lines: ").append(String.join(" | ", lines));
        }
        text.append("; ").append(advice(why + " " + String.join(" ", lines)));
        return of(ErrorCode.FAILED, name, text.toString());
    }

    static PortolanException late(String name, int number) {
        return of(
                ErrorCode.FAILED,
                name,
                "Revision " + number + " of service '" + name
                        + "' did not become ready: it was not decided within portolan.gcp.deploy-timeout; " + MEND);
    }

    static PortolanException overtaken(String name) {
        return of(
                ErrorCode.CONFLICT,
                name,
                "Another deployment of service '" + name
                        + "' overtook this one; look at its status, and deploy again if this spec is the one you want");
    }

    static PortolanException deleted(String name) {
        return of(ErrorCode.CONFLICT, name, "Service '" + name + "' was deleted meanwhile by another process");
    }

    static PortolanException foreign(String name, String resource) {
        return of(
                ErrorCode.CONFLICT,
                name,
                "Cloud Run has a service '" + Shares.shortName(resource)
                        + "' that is not service '" + name
                        + "' of this application; delete it, or choose another name for yours");
    }

    static PortolanException absent(String name) {
        return of(ErrorCode.NOT_FOUND, name, "Service '" + name + "' does not serve; deploy it first");
    }

    /** A refusal, with what to do about it where the platform does not say. */
    static PortolanException refused(PortolanException error) {
        String message = String.valueOf(error.getMessage());
        return isOfPlatform(message) && error.code() == ErrorCode.INVALID_ARGUMENT
                ? PortolanException.builder(error.code(), message + "; " + advice(message))
                        .provider(ProviderId.GCP.value())
                        .operation(error.operation().orElse(null))
                        .resource(error.resource().orElse(null))
                        .nativeCode(error.nativeCode().orElse(null))
                        .attempts(error.attempts())
                        .cause(error)
                        .build()
                : error;
    }

    /** An image for another processor starts nowhere, and what the platform says of it sends people to look at ports. */
    private static String advice(String text) {
        return isOfPlatform(text)
                ? "Cloud Run runs images for linux/amd64 only: build it for that platform, and without attestations"
                        + " (--provenance=false), which it takes for images of other platforms"
                : MEND;
    }

    private static boolean isOfPlatform(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("must support amd64/linux") || lower.contains("exec format error");
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
