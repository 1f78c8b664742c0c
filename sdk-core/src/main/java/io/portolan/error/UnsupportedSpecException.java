package io.portolan.error;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A valid spec that this provider cannot run as it is. Code {@link ErrorCode#UNSUPPORTED}; not retryable; nothing was sent. The lines say
 * which field, why, and what to do instead, as the portability report would.
 */
public final class UnsupportedSpecException extends PortolanException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    /**
     * All reasons why one thing cannot run on one provider.
     *
     * @param subject what was checked, for example {@code job 'nightly'}
     * @param provider the provider's id
     * @param reasons at least one
     */
    public UnsupportedSpecException(String subject, String provider, List<String> reasons) {
        super(builder(ErrorCode.UNSUPPORTED, text(subject, provider, reasons))
                .provider(provider)
                .resource(subject));
        this.reasons = List.copyOf(reasons);
    }

    /**
     * Every reason, in the order of the fields.
     *
     * @return the reasons; empty only after deserialization, where the message still holds them
     */
    public List<String> reasons() {
        return reasons == null ? List.of() : reasons;
    }

    private static String text(String subject, String provider, List<String> reasons) {
        String lines = reasons.stream().map(reason -> "  " + reason).collect(Collectors.joining("\n"));
        return subject + " cannot run on provider '" + provider + "':\n" + lines;
    }
}
