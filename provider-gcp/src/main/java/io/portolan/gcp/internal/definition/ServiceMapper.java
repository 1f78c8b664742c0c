package io.portolan.gcp.internal.definition;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.ContainerPort;
import com.google.cloud.run.v2.ExecutionEnvironment;
import com.google.cloud.run.v2.IngressTraffic;
import com.google.cloud.run.v2.NodeSelector;
import com.google.cloud.run.v2.RevisionScaling;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceScaling;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.config.OptionNames;
import io.portolan.gcp.internal.config.RequestPatch;
import io.portolan.gcp.option.Ingress;
import io.portolan.gcp.option.PublicAccess;
import io.portolan.spec.Exposure;
import io.portolan.spec.Probe;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A service as a service of Cloud Run, complete but for its traffic. The revision has no name: the server gives one, and never one that
 * was there before. Pure.
 */
public final class ServiceMapper {
    private ServiceMapper() {}

    /**
     * The service.
     *
     * @param spec the service
     * @param settings its settings
     * @return without a name, an etag and traffic
     * @throws IllegalArgumentException if the spec does not fit: the findings say it before
     */
    public static Service map(ServiceSpec spec, GcpSettings settings) {
        Map<String, String> labels = Labels.of(spec, Labels.SERVICE, settings.application());
        Map<String, String> annotations = new LinkedHashMap<>(Labels.annotations(spec));
        annotations.put(Labels.SPEC_HASH, SpecYaml.hash(spec));
        annotations.put(Labels.SPEC, SpecYaml.write(spec));
        Service service = Service.newBuilder()
                .putAllLabels(labels)
                .putAllAnnotations(annotations)
                .setClient(JobMapper.CLIENT)
                .setIngress(ingress(spec, settings))
                .setInvokerIamDisabled(isUnchecked(spec, settings))
                .setScaling(scaling(spec.scaling(), settings))
                .setTemplate(template(spec, settings).putAllLabels(labels).putAllAnnotations(annotations))
                .build();
        return hashed(RequestPatch.apply(settings, "Service", service));
    }

    /**
     * Whether the service does not ask who calls.
     *
     * @param spec the service
     * @param settings its settings
     * @return the value of {@code invokerIamDisabled}
     */
    public static boolean isUnchecked(ServiceSpec spec, GcpSettings settings) {
        return settings.optionFlag(OptionNames.INVOKER_CHECK)
                .map(check -> !check)
                .orElse(spec.exposure() == Exposure.PUBLIC && !isBound(settings));
    }

    /**
     * Whether a public service is opened by a binding of {@code allUsers}.
     *
     * @param spec the service
     * @param settings its settings
     * @return true if the IAM policy has to be written
     */
    public static boolean needsBinding(ServiceSpec spec, GcpSettings settings) {
        return spec.exposure() == Exposure.PUBLIC
                && isBound(settings)
                && settings.optionFlag(OptionNames.INVOKER_CHECK).isEmpty();
    }

    private static boolean isBound(GcpSettings settings) {
        return settings.required(GcpKeys.PUBLIC_ACCESS).equals(PublicAccess.ALL_USERS.name());
    }

    private static IngressTraffic ingress(ServiceSpec spec, GcpSettings settings) {
        Ingress byExposure = spec.exposure() == Exposure.PUBLIC ? Ingress.ALL : Ingress.INTERNAL;
        return switch (settings.option(OptionNames.INGRESS)
                .map(Ingress::valueOf)
                .orElse(byExposure)) {
            case ALL -> IngressTraffic.INGRESS_TRAFFIC_ALL;
            case INTERNAL -> IngressTraffic.INGRESS_TRAFFIC_INTERNAL_ONLY;
            case INTERNAL_AND_LOAD_BALANCER -> IngressTraffic.INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER;
        };
    }

    /**
     * The number of replicas, of the service and not of a revision: it changes without a new revision, and an old one that only a tag
     * reaches keeps none.
     *
     * @param scaling as the spec has it
     * @param settings the settings of the service
     * @return manual for a fixed number, else automatic
     */
    public static ServiceScaling scaling(Scaling scaling, GcpSettings settings) {
        boolean manual = settings.optionFlag(OptionNames.MANUAL_SCALING).orElse(true);
        if (scaling.isFixed() && manual) {
            return ServiceScaling.newBuilder()
                    .setScalingMode(ServiceScaling.ScalingMode.MANUAL)
                    .setManualInstanceCount(scaling.min())
                    .build();
        }
        return ServiceScaling.newBuilder()
                .setScalingMode(ServiceScaling.ScalingMode.AUTOMATIC)
                .setMinInstanceCount(scaling.min())
                .setMaxInstanceCount(scaling.max())
                .build();
    }

    /** The most replicas are said on the revision too: what is left out is 100, which quotas of GPUs do not hold. */
    private static RevisionTemplate.Builder template(ServiceSpec spec, GcpSettings settings) {
        VolumeMapper volumes = VolumeMapper.of(spec, settings);
        RevisionTemplate.Builder template = RevisionTemplate.newBuilder()
                .addContainers(container(spec, settings, volumes))
                .addAllVolumes(volumes.volumes())
                .setScaling(RevisionScaling.newBuilder()
                        .setMaxInstanceCount(spec.scaling().max()))
                .setSessionAffinity(
                        settings.optionFlag(OptionNames.SESSION_AFFINITY).orElse(false));
        settings.text(GcpKeys.SERVICE_ACCOUNT).ifPresent(template::setServiceAccount);
        settings.option(OptionNames.ENCRYPTION_KEY).ifPresent(template::setEncryptionKey);
        settings.option(OptionNames.REQUEST_TIMEOUT)
                .ifPresent(
                        seconds -> template.setTimeout(NativeDuration.of(Duration.ofSeconds(Long.parseLong(seconds)))));
        VpcMapper.of(settings).ifPresent(template::setVpcAccess);
        environment(spec, settings, template);
        concurrency(spec, settings, template);
        SizeMapper.gpu(spec, settings)
                .ifPresent(gpu -> template.setNodeSelector(
                                NodeSelector.newBuilder().setAccelerator(gpu.accelerator()))
                        .setGpuZonalRedundancyDisabled(!settings.flag(GcpKeys.GPU_REDUNDANCY)));
        return template;
    }

    private static void environment(ServiceSpec spec, GcpSettings settings, RevisionTemplate.Builder template) {
        boolean first = settings.option(OptionNames.EXECUTION_ENVIRONMENT)
                .filter("GEN1"::equals)
                .isPresent();
        if (SizeMapper.isGen2(spec, settings)) {
            template.setExecutionEnvironment(ExecutionEnvironment.EXECUTION_ENVIRONMENT_GEN2);
        } else if (first) {
            template.setExecutionEnvironment(ExecutionEnvironment.EXECUTION_ENVIRONMENT_GEN1);
        }
    }

    /** A part of a CPU answers one request at a time. */
    private static void concurrency(ServiceSpec spec, GcpSettings settings, RevisionTemplate.Builder template) {
        if (SizeMapper.require(spec, settings).isFraction()) {
            template.setMaxInstanceRequestConcurrency(1);
        } else {
            settings.option(OptionNames.CONCURRENCY)
                    .ifPresent(number -> template.setMaxInstanceRequestConcurrency(Integer.parseInt(number)));
        }
    }

    private static Container container(ServiceSpec spec, GcpSettings settings, VolumeMapper volumes) {
        boolean http2 = settings.optionFlag(OptionNames.HTTP2).orElse(false);
        Container.Builder container = ContainerMapper.map(spec, settings, volumes)
                .addPorts(ContainerPort.newBuilder()
                        .setName(http2 ? "h2c" : "http1")
                        .setContainerPort(spec.port().number()))
                .setStartupProbe(ProbeMapper.startup(spec.readiness(), spec.port()));
        if (isWatched(spec, settings)) {
            container.setReadinessProbe(ProbeMapper.running(spec.readiness(), spec.port()));
        }
        spec.liveness()
                .filter(liveness -> liveness.check() instanceof Probe.HttpGet)
                .ifPresent(liveness -> container.setLivenessProbe(ProbeMapper.running(liveness, spec.port())));
        return container.build();
    }

    /**
     * Whether readiness is checked after the start too.
     *
     * @param spec the service
     * @param settings its settings
     * @return true if it is an HTTP request and no option speaks against it
     */
    public static boolean isWatched(ServiceSpec spec, GcpSettings settings) {
        return spec.readiness().check() instanceof Probe.HttpGet
                && settings.optionFlag(OptionNames.READINESS_PROBE).orElse(true);
    }

    private static Service hashed(Service service) {
        String hash = ContentHash.of(service);
        Service.Builder hashed = service.toBuilder().putAnnotations(Labels.CONTENT_HASH, hash);
        hashed.getTemplateBuilder().putAnnotations(Labels.CONTENT_HASH, hash);
        return hashed.build();
    }
}
