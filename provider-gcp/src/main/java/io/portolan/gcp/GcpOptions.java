package io.portolan.gcp;

import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.Service;
import com.google.protobuf.MessageOrBuilder;
import io.portolan.gcp.internal.config.OptionNames;
import io.portolan.gcp.internal.json.NativeJson;
import io.portolan.gcp.option.CpuAllocation;
import io.portolan.gcp.option.ExecutionEnvironment;
import io.portolan.gcp.option.Ingress;
import io.portolan.gcp.option.PublicAccess;
import io.portolan.gcp.option.VpcEgress;
import io.portolan.id.ProviderId;
import io.portolan.spec.ProviderOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a job or a service that only Google Cloud knows. Other providers ignore them and say so in the portability report.
 *
 * <p>Where there is a key of the same meaning in the configuration, the option covers it. What has no setter of its own can be laid over the
 * native resource as a patch: the typed setters take the vendor's own builders, and keep what they set as JSON, so that it is part of the
 * spec, of its hash, of the plan and of spec files ({@code options.gcp.patch.Service}). In a patch, objects are merged, lists of objects
 * element by element (the container is the first), everything else is replaced. A builder does not tell {@code false}, {@code 0} and an
 * empty text from what is not set: such a value is written in JSON, by {@link io.portolan.spec.NamedOptions} or in a spec file.
 *
 * <p>Immutable and thread-safe; the setters return changed copies.
 */
public final class GcpOptions implements ProviderOptions {
    /** Nothing set. */
    public static final GcpOptions NONE = new GcpOptions(Map.of());

    private final Map<String, String> settings;

    private GcpOptions(Map<String, String> settings) {
        this.settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /**
     * The service account that the program in the container has.
     *
     * @param email its e-mail
     * @return a changed copy
     */
    public GcpOptions serviceAccount(String email) {
        return with("serviceAccount", email);
    }

    /**
     * The VPC network that the container reaches directly.
     *
     * @param name a name, or {@code projects/P/global/networks/N}
     * @return a changed copy
     */
    public GcpOptions network(String name) {
        return with("network", name);
    }

    /**
     * The subnetwork that the container gets its address of.
     *
     * @param name a name, or {@code projects/P/regions/R/subnetworks/N}
     * @return a changed copy
     */
    public GcpOptions subnetwork(String name) {
        return with("subnetwork", name);
    }

    /**
     * Network tags of the container, for firewall rules.
     *
     * @param tags the tags
     * @return a changed copy
     */
    public GcpOptions networkTags(String... tags) {
        return with("networkTags", String.join(",", tags));
    }

    /**
     * The Serverless VPC Access connector, instead of a network.
     *
     * @param name {@code projects/P/locations/R/connectors/C}
     * @return a changed copy
     */
    public GcpOptions vpcConnector(String name) {
        return with("vpcConnector", name);
    }

    /**
     * Which connections go through the VPC.
     *
     * @param value default {@code PRIVATE_RANGES_ONLY}
     * @return a changed copy
     */
    public GcpOptions vpcEgress(VpcEgress value) {
        return with("vpcEgress", value.name());
    }

    /**
     * How a public service is opened to everyone.
     *
     * @param value default {@code NO_INVOKER_CHECK}
     * @return a changed copy
     */
    public GcpOptions publicAccess(PublicAccess value) {
        return with("publicAccess", value.name());
    }

    /**
     * Whether callers of a service need the right to invoke it.
     *
     * @param value default: not for a public service, yes for an internal one
     * @return a changed copy
     */
    public GcpOptions invokerCheck(boolean value) {
        return with(OptionNames.INVOKER_CHECK, Boolean.toString(value));
    }

    /**
     * Where requests may come from.
     *
     * @param value default: {@code ALL} for a public service, {@code INTERNAL} for an internal one
     * @return a changed copy
     */
    public GcpOptions ingress(Ingress value) {
        return with(OptionNames.INGRESS, value.name());
    }

    /**
     * How many requests one replica answers at a time.
     *
     * @param value 1 to 1000; default: the platform's, 80
     * @return a changed copy
     */
    public GcpOptions concurrency(int value) {
        return with(OptionNames.CONCURRENCY, Integer.toString(value));
    }

    /**
     * How long one request may take.
     *
     * @param value 1 second to 1 hour, whole seconds; default: the platform's, 5 minutes
     * @return a changed copy
     */
    public GcpOptions requestTimeout(Duration value) {
        return with(OptionNames.REQUEST_TIMEOUT, Long.toString(value.toSeconds()));
    }

    /**
     * When a replica of a service has its CPU. Jobs and GPUs always have it.
     *
     * @param value default {@code ALWAYS}, as on all providers
     * @return a changed copy
     */
    public GcpOptions cpuAllocation(CpuAllocation value) {
        return with(OptionNames.CPU_ALLOCATION, value.name());
    }

    /**
     * Whether a replica has more CPU while it starts.
     *
     * @param value default false
     * @return a changed copy
     */
    public GcpOptions startupCpuBoost(boolean value) {
        return with(OptionNames.STARTUP_BOOST, Boolean.toString(value));
    }

    /**
     * Whether the requests of one client go to one replica while it is there.
     *
     * @param value default false
     * @return a changed copy
     */
    public GcpOptions sessionAffinity(boolean value) {
        return with(OptionNames.SESSION_AFFINITY, Boolean.toString(value));
    }

    /**
     * Whether the port of a service speaks HTTP/2 without TLS, as gRPC needs.
     *
     * @param value default false
     * @return a changed copy
     */
    public GcpOptions http2(boolean value) {
        return with(OptionNames.HTTP2, Boolean.toString(value));
    }

    /**
     * Whether a replica that is not ready any more gets no new requests. Otherwise readiness is checked at its start only.
     *
     * @param value default true if readiness is an HTTP request
     * @return a changed copy
     */
    public GcpOptions readinessProbe(boolean value) {
        return with(OptionNames.READINESS_PROBE, Boolean.toString(value));
    }

    /**
     * The generation of the sandbox of a service.
     *
     * @param value default: the platform's choice, {@code GEN2} where a volume needs it
     * @return a changed copy
     */
    public GcpOptions executionEnvironment(ExecutionEnvironment value) {
        return with(OptionNames.EXECUTION_ENVIRONMENT, value.name());
    }

    /**
     * Whether a service with a fixed number of replicas is in manual scaling. Otherwise it scales from that number to that number.
     *
     * @param value default true
     * @return a changed copy
     */
    public GcpOptions manualScaling(boolean value) {
        return with(OptionNames.MANUAL_SCALING, Boolean.toString(value));
    }

    /**
     * Whether GPUs are kept in a second zone, which needs a quota of its own.
     *
     * @param value default false
     * @return a changed copy
     */
    public GcpOptions gpuZonalRedundancy(boolean value) {
        return with("gpuZonalRedundancy", Boolean.toString(value));
    }

    /**
     * Cloud SQL instances whose sockets are below {@code /cloudsql}.
     *
     * @param names {@code PROJECT:REGION:INSTANCE}
     * @return a changed copy
     */
    public GcpOptions cloudSqlInstances(String... names) {
        return with(OptionNames.CLOUD_SQL, String.join(",", names));
    }

    /**
     * The key that the platform encrypts its copy of the image with.
     *
     * @param name {@code projects/P/locations/R/keyRings/K/cryptoKeys/N}
     * @return a changed copy
     */
    public GcpOptions encryptionKey(String name) {
        return with(OptionNames.ENCRYPTION_KEY, name);
    }

    /**
     * Lays settings over the job resource.
     *
     * @param settings sets what is to be laid over, on an empty builder
     * @return a changed copy
     */
    public GcpOptions job(UnaryOperator<Job.Builder> settings) {
        return patch("Job", settings.apply(Job.newBuilder()));
    }

    /**
     * Lays settings over the service resource.
     *
     * @param settings sets what is to be laid over, on an empty builder
     * @return a changed copy
     */
    public GcpOptions service(UnaryOperator<Service.Builder> settings) {
        return patch("Service", settings.apply(Service.newBuilder()));
    }

    private GcpOptions patch(String resource, MessageOrBuilder settings) {
        return with(OptionNames.PATCH + resource, NativeJson.render(settings).toString());
    }

    @Override
    public ProviderId provider() {
        return ProviderId.GCP;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GcpOptions that && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }

    /** Names only: a patch may hold anything. */
    @Override
    public String toString() {
        return "GcpOptions" + settings.keySet();
    }

    private GcpOptions with(String name, String value) {
        Objects.requireNonNull(value, name);
        Map<String, String> changed = new TreeMap<>(settings);
        changed.put(name, value);
        return new GcpOptions(changed);
    }
}
