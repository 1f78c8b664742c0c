package io.portolan.config;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.internal.config.ConfigSection;
import io.portolan.spi.ConfigKey;
import io.portolan.spi.ProviderConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the engine of one connection polls, waits and repeats calls. The same for every provider. Set under {@code portolan.engine.} in
 * kebab-case ({@code portolan.engine.poll-interval: 2s}) or by {@link CloudConfig.Builder#engine}.
 *
 * <p>Immutable: methods named after a setting and with an argument give a changed copy.
 *
 * @param pollInterval time between two looks at what runs, while things change; 1 ms to 10 minutes, default 1 s. Longer means fewer calls
 *     and later news
 * @param maxPollInterval what the interval grows to while nothing changes; {@code pollInterval} to 1 hour, default 10 s
 * @param logInterval time between two reads of a log that had nothing new; 1 ms to 10 minutes, default 500 ms
 * @param goneGrace how long something that the platform does not know, or not any more, is looked for before that becomes a verdict; 0 to
 *     1 hour, default 30 s, more than the clouds need until a new thing shows everywhere
 * @param maxCallAttempts how often one logical call is tried; 1 to 10, default 4; 1 means no retry
 * @param callBackoff wait before the second try of a call, doubled with each further one, with jitter; 1 ms to 1 minute, default 200 ms
 */
public record EngineSettings(
        Duration pollInterval,
        Duration maxPollInterval,
        Duration logInterval,
        Duration goneGrace,
        int maxCallAttempts,
        Duration callBackoff) {
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_ATTEMPTS = 10;

    /** What holds where nothing is set. */
    public static final EngineSettings DEFAULT = new EngineSettings(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            4,
            Duration.ofMillis(200));

    static final String PREFIX = "portolan.engine.";
    static final List<ConfigKey> KEYS = List.of(
            duration("poll-interval", "1s", "Time between two looks at what runs, while things change."),
            duration("max-poll-interval", "10s", "What that time grows to while nothing changes."),
            duration("log-interval", "500ms", "Time between two reads of a log that had nothing new."),
            duration("gone-grace", "30s", "How long something unknown is looked for before that becomes a verdict."),
            ConfigKey.withDefault(
                    "max-call-attempts", ConfigKey.Type.NUMBER, "4", "How often one logical call is tried."),
            duration("call-backoff", "200ms", "Wait before the second try of a call, doubled with each further one."));

    /**
     * Checks the ranges.
     *
     * @throws InvalidSpecException with every value that is out of its range
     */
    public EngineSettings {
        List<Violation> found = new ArrayList<>();
        range(found, "poll-interval", pollInterval, MILLI, Duration.ofMinutes(10));
        if (found.isEmpty()) {
            range(found, "max-poll-interval", maxPollInterval, pollInterval, HOUR);
        }
        range(found, "log-interval", logInterval, MILLI, Duration.ofMinutes(10));
        range(found, "gone-grace", goneGrace, Duration.ZERO, HOUR);
        if (maxCallAttempts < 1 || maxCallAttempts > MOST_ATTEMPTS) {
            found.add(new Violation(
                    PREFIX + "max-call-attempts",
                    Integer.toString(maxCallAttempts),
                    "must be 1 to " + MOST_ATTEMPTS,
                    "choose a number in this range; 1 means no retry"));
        }
        range(found, "call-backoff", callBackoff, MILLI, Duration.ofMinutes(1));
        if (!found.isEmpty()) {
            throw new InvalidSpecException("engine settings", found);
        }
    }

    private static void range(List<Violation> found, String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            found.add(new Violation(
                    PREFIX + name,
                    value.toString(),
                    "must be " + least + " to " + most,
                    "choose a duration in this range, for example '" + most + "'"));
        }
    }

    private static ConfigKey duration(String name, String byDefault, String description) {
        return ConfigKey.withDefault(name, ConfigKey.Type.DURATION, byDefault, description);
    }

    /** The settings of a section. Adds everything that is wrong with it; what is wrong has its default in the result. */
    static EngineSettings read(ConfigSection section, List<Violation> found) {
        found.addAll(section.violations());
        ProviderConfig values = new ProviderConfig("engine", KEYS, section.values());
        try {
            return new EngineSettings(
                    values.duration("poll-interval"),
                    values.duration("max-poll-interval"),
                    values.duration("log-interval"),
                    values.duration("gone-grace"),
                    values.number("max-call-attempts"),
                    values.duration("call-backoff"));
        } catch (InvalidSpecException e) {
            found.addAll(e.violations());
            return DEFAULT;
        }
    }

    /**
     * The same with other times between looks at what runs.
     *
     * @param interval while things change
     * @param maxInterval while nothing changes
     * @return a changed copy
     */
    public EngineSettings pollInterval(Duration interval, Duration maxInterval) {
        return new EngineSettings(interval, maxInterval, logInterval, goneGrace, maxCallAttempts, callBackoff);
    }

    /**
     * The same with another time between reads of a log.
     *
     * @param value 1 ms to 10 minutes
     * @return a changed copy
     */
    public EngineSettings logInterval(Duration value) {
        return new EngineSettings(pollInterval, maxPollInterval, value, goneGrace, maxCallAttempts, callBackoff);
    }

    /**
     * The same with another time to look for what is gone.
     *
     * @param value 0 to 1 hour
     * @return a changed copy
     */
    public EngineSettings goneGrace(Duration value) {
        return new EngineSettings(pollInterval, maxPollInterval, logInterval, value, maxCallAttempts, callBackoff);
    }

    /**
     * The same with other retries of calls.
     *
     * @param attempts 1 to 10
     * @param backoff 1 ms to 1 minute
     * @return a changed copy
     */
    public EngineSettings callRetries(int attempts, Duration backoff) {
        return new EngineSettings(pollInterval, maxPollInterval, logInterval, goneGrace, attempts, backoff);
    }
}
