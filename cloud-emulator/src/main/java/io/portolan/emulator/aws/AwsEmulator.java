package io.portolan.emulator.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** AWS as tests see it. */
public final class AwsEmulator {
    /** The account of all resources. */
    public static final String ACCOUNT = "123456789012";

    /** The region of all resources. */
    public static final String REGION = "us-east-1";

    private final AwsFaults faults = new AwsFaults();
    private final AwsRequests requests = new AwsRequests();
    private final BiFunction<String, String, URI> targetGroups;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private volatile Duration taskPhase = Duration.ofMillis(50);
    private volatile Duration healthCheckInterval = Duration.ofSeconds(1);

    /** Everything goes well, and there are no secrets and no load balancers. */
    public AwsEmulator() {
        this((arn, path) -> {
            throw new IllegalStateException("there are no load balancers");
        });
    }

    /**
     * Everything goes well, and there are no secrets.
     *
     * @param targetGroups makes a target group of an ARN and a path, and tells its address
     */
    public AwsEmulator(BiFunction<String, String, URI> targetGroups) {
        this.targetGroups = targetGroups;
    }

    /**
     * What goes wrong.
     *
     * @return the faults
     */
    public AwsFaults faults() {
        return faults;
    }

    /**
     * The calls that came.
     *
     * @return the calls
     */
    public AwsRequests requests() {
        return requests;
    }

    /**
     * Keeps a secret, in Secrets Manager or Systems Manager as one calls it.
     *
     * @param nameOrArn what {@code valueFrom} is, but for the suffix of a Secrets Manager ARN
     * @param value its value
     * @return this
     */
    public AwsEmulator secret(String nameOrArn, String value) {
        secrets.put(nameOrArn, value);
        return this;
    }

    /**
     * The value of a secret.
     *
     * @param valueFrom its name or ARN, perhaps with the key of a member of the JSON that it holds
     * @return the value, empty if there is no such secret or member
     */
    public Optional<String> findSecret(String valueFrom) {
        return SecretNames.of(valueFrom)
                .flatMap(name -> Optional.ofNullable(secrets.get(name)).stream())
                .findFirst()
                .flatMap(value -> SecretNames.member(valueFrom, value));
    }

    /**
     * Makes a target group for services, behind a load balancer on the loopback that lasts as long as the emulator.
     *
     * @param arn of the target group
     * @param healthCheckPath that tasks must answer with 200
     * @return where the load balancer takes requests
     */
    public URI targetGroup(String arn, String healthCheckPath) {
        return targetGroups.apply(arn, healthCheckPath);
    }

    /**
     * How often load balancers check tasks.
     *
     * @param interval on the emulator's clock, one second by default
     * @return this
     */
    public AwsEmulator healthCheckInterval(Duration interval) {
        this.healthCheckInterval = interval;
        return this;
    }

    /**
     * How often load balancers check tasks.
     *
     * @return the time on the emulator's clock
     */
    public Duration healthCheckInterval() {
        return healthCheckInterval;
    }

    /**
     * How long a task stays in each state that it only passes through.
     *
     * @param phase on the emulator's clock, 50 milliseconds by default
     * @return this
     */
    public AwsEmulator taskPhase(Duration phase) {
        this.taskPhase = phase;
        return this;
    }

    /**
     * How long a task stays in each state that it only passes through.
     *
     * @return the time on the emulator's clock
     */
    public Duration taskPhase() {
        return taskPhase;
    }
}
