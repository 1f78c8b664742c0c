package io.portolan.emulator.gcp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Google Cloud as tests see it. Every project and region that a request names is there. */
public final class GcpEmulator {
    /** A project for tests. */
    public static final String PROJECT = "test-project";

    /** The number of every project. */
    public static final String PROJECT_NUMBER = "123456789012";

    /** A region for tests. */
    public static final String REGION = "us-central1";

    private final GcpFaults faults = new GcpFaults();
    private final GcpRequests requests = new GcpRequests();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private volatile Duration phase = Duration.ofMillis(50);
    private volatile Duration startDelay = Duration.ofMillis(50);
    private volatile int keptExecutions = 1000;
    private volatile Duration probeInterval = Duration.ofSeconds(1);
    private volatile int logReadsPerMinute;

    /** Everything goes well, and there are no secrets. */
    public GcpEmulator() {}

    /**
     * What goes wrong.
     *
     * @return the faults
     */
    public GcpFaults faults() {
        return faults;
    }

    /**
     * The calls that came.
     *
     * @return the calls
     */
    public GcpRequests requests() {
        return requests;
    }

    /**
     * Keeps a secret, all versions of which have this value.
     *
     * @param name its short name
     * @param value its value
     * @return this
     */
    public GcpEmulator secret(String name, String value) {
        secrets.put(name, value);
        return this;
    }

    /**
     * The value of a secret.
     *
     * @param name short, or with the project
     * @return its value, empty if there is no such secret
     */
    public Optional<String> findSecret(String name) {
        return Optional.ofNullable(secrets.get(name.substring(name.lastIndexOf('/') + 1)));
    }

    /**
     * How long a resource stays in each state that it only passes through, and an operation takes at least.
     *
     * @param time on the emulator's clock, 50 milliseconds by default
     * @return this
     */
    public GcpEmulator phase(Duration time) {
        this.phase = time;
        return this;
    }

    /**
     * How long a resource stays in each state that it only passes through.
     *
     * @return the time on the emulator's clock
     */
    public Duration phase() {
        return phase;
    }

    /**
     * How long an execution that a token of a job asked for is not there yet.
     *
     * @param time on the emulator's clock, 50 milliseconds by default
     * @return this
     */
    public GcpEmulator startDelay(Duration time) {
        this.startDelay = time;
        return this;
    }

    /**
     * How long an execution that a token of a job asked for is not there yet.
     *
     * @return the time on the emulator's clock
     */
    public Duration startDelay() {
        return startDelay;
    }

    /**
     * How many ended executions of a job are kept.
     *
     * @param count 1000 by default, as Cloud Run does
     * @return this
     */
    public GcpEmulator keptExecutions(int count) {
        this.keptExecutions = count;
        return this;
    }

    /**
     * How many ended executions of a job are kept.
     *
     * @return the number
     */
    public int keptExecutions() {
        return keptExecutions;
    }

    /**
     * How often a startup probe asks at most. A container has as much time as its probe says, but it is looked at more often.
     *
     * @param interval on the emulator's clock, one second by default
     * @return this
     */
    public GcpEmulator probeInterval(Duration interval) {
        this.probeInterval = interval;
        return this;
    }

    /**
     * How often a startup probe asks at most.
     *
     * @return the time on the emulator's clock
     */
    public Duration probeInterval() {
        return probeInterval;
    }

    /**
     * How many reads of log entries are answered in a minute.
     *
     * @param count 60 in a usual project, 0 by default for no limit
     * @return this
     */
    public GcpEmulator logReadsPerMinute(int count) {
        this.logReadsPerMinute = count;
        return this;
    }

    /**
     * How many reads of log entries are answered in a minute.
     *
     * @return the number, 0 for no limit
     */
    public int logReadsPerMinute() {
        return logReadsPerMinute;
    }
}
