package io.portolan.gcp.internal.service;

import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceScaling;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.Labels;
import io.portolan.gcp.internal.definition.Names;
import io.portolan.gcp.internal.definition.ServiceMapper;
import io.portolan.spec.ServiceSpec;
import io.portolan.spi.ProviderConfig;
import java.util.Map;
import java.util.Objects;

/**
 * What is to be: a spec, and the service of Cloud Run that it means. Pure.
 *
 * @param spec the spec
 * @param settings its settings
 * @param service as the mapper makes it
 */
record Wish(ServiceSpec spec, GcpSettings settings, Service service) {
    static Wish of(ServiceSpec spec, ProviderConfig config) {
        GcpSettings settings = GcpSettings.of(config, spec);
        return new Wish(spec, settings, ServiceMapper.map(spec, settings));
    }

    String name() {
        return spec.name();
    }

    /** The full name of the service. */
    String resource() {
        return Names.service(settings, spec.name());
    }

    /** Whether annotations of a template or a revision are those of this spec under these settings. */
    boolean isIn(Map<String, String> annotations) {
        return same(annotations, Labels.SPEC_HASH) && same(annotations, Labels.CONTENT_HASH);
    }

    private boolean same(Map<String, String> annotations, String name) {
        return Objects.equals(
                annotations.get(name), service.getTemplate().getAnnotationsMap().get(name));
    }

    /** Whether the newest revision is to be of this spec. */
    boolean isNewestOf(Service current) {
        return isLastWriter(current) && isIn(current.getTemplate().getAnnotationsMap());
    }

    /** What another client wrote last is not trusted: it leaves our annotations on what it changed. */
    boolean isLastWriter(Service current) {
        return current.getClient().equals(service.getClient());
    }

    /** Whether what belongs to the service and not to its revisions is as it is to be. */
    boolean isAround(Service current) {
        return sameScaling(current.getScaling(), service.getScaling())
                && current.getIngress() == service.getIngress()
                && current.getInvokerIamDisabled() == service.getInvokerIamDisabled();
    }

    /** Only what the mode looks at: the platform fills the rest as it likes. */
    static boolean sameScaling(ServiceScaling one, ServiceScaling other) {
        boolean manual = one.getScalingMode() == ServiceScaling.ScalingMode.MANUAL;
        if (manual != (other.getScalingMode() == ServiceScaling.ScalingMode.MANUAL)) {
            return false;
        }
        return manual
                ? one.getManualInstanceCount() == other.getManualInstanceCount()
                : one.getMinInstanceCount() == other.getMinInstanceCount()
                        && one.getMaxInstanceCount() == other.getMaxInstanceCount();
    }

    /** The service with its next revision. */
    Service numbered(int revision) {
        Service.Builder numbered = service.toBuilder().setName(resource());
        numbered.getTemplateBuilder().putAnnotations(Labels.REVISION, Integer.toString(revision));
        return numbered.build();
    }
}
