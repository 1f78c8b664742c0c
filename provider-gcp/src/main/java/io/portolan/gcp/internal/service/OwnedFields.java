package io.portolan.gcp.internal.service;

import com.google.cloud.run.v2.Service;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import io.portolan.error.InvalidSpecException;
import io.portolan.gcp.internal.definition.Labels;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spi.ProviderConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members of a service that an update sets. All others stay what another client, or the platform, has made them; they are never read to
 * be written back, because what this version of the client does not know would be lost. Pure.
 */
final class OwnedFields {
    static final String TRAFFIC = "traffic";
    static final String SCALING = "scaling";

    /** What belongs to the service and not to its revisions. */
    static final List<String> AROUND = List.of(SCALING, "ingress", "invoker_iam_disabled");

    private static final Logger LOG = LoggerFactory.getLogger(OwnedFields.class);
    private static final Set<String> ALWAYS = Set.of("labels", "annotations", "client", "template");
    private static final Set<String> NEVER = Set.of("name", "etag");

    private OwnedFields() {}

    /**
     * What a deployment sets: what every spec has, what the user's patch has set, and what that of the last deployment had, since a member
     * that is named and not set is cleared.
     */
    static FieldMask of(Service wanted, Service current, ProviderConfig config) {
        Set<String> names = new TreeSet<>(ALWAYS);
        names.addAll(AROUND);
        addSet(wanted, names);
        before(current, config).ifPresent(before -> {
            Set<String> old = new TreeSet<>();
            addSet(before.service(), old);
            old.remove(TRAFFIC);
            names.addAll(old);
        });
        names.removeAll(NEVER);
        return FieldMask.newBuilder().addAllPaths(names).build();
    }

    static FieldMask of(String... names) {
        return FieldMask.newBuilder().addAllPaths(Arrays.asList(names)).build();
    }

    /** What the last deployment wanted, as it stands in the annotations of the service. */
    static Optional<Wish> before(Service current, ProviderConfig config) {
        String document = current.getAnnotationsOrDefault(Labels.SPEC, "");
        try {
            return !document.isEmpty() && SpecYaml.read(document) instanceof ServiceSpec spec
                    ? Optional.of(Wish.of(spec, config))
                    : Optional.empty();
        } catch (InvalidSpecException | IllegalArgumentException e) {
            LOG.debug("the document of {} cannot be read", current.getName(), e);
            return Optional.empty();
        }
    }

    private static void addSet(Service service, Set<String> names) {
        service.getAllFields().keySet().stream().map(FieldDescriptor::getName).forEach(names::add);
    }
}
