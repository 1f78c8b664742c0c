package io.portolan.gcp.internal.definition;

import com.google.cloud.run.v2.VpcAccess;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import java.util.List;
import java.util.Optional;

/** The way of a container into a VPC: an interface of its own, or a connector. Pure. */
final class VpcMapper {
    private VpcMapper() {}

    static Optional<VpcAccess> of(GcpSettings settings) {
        Optional<String> connector = settings.text(GcpKeys.CONNECTOR);
        Optional<String> network = settings.text(GcpKeys.NETWORK);
        Optional<String> subnetwork = settings.text(GcpKeys.SUBNETWORK);
        if (connector.isEmpty() && network.isEmpty() && subnetwork.isEmpty()) {
            return Optional.empty();
        }
        VpcAccess.Builder access =
                VpcAccess.newBuilder().setEgress(VpcAccess.VpcEgress.valueOf(settings.required(GcpKeys.EGRESS)));
        if (connector.isPresent()) {
            return Optional.of(access.setConnector(connector.get()).build());
        }
        VpcAccess.NetworkInterface.Builder direct = VpcAccess.NetworkInterface.newBuilder();
        network.ifPresent(direct::setNetwork);
        subnetwork.ifPresent(direct::setSubnetwork);
        List<String> tags = settings.list(GcpKeys.NETWORK_TAGS);
        return Optional.of(access.addNetworkInterfaces(direct.addAllTags(tags)).build());
    }
}
