package io.portolan.gcp.internal.client;

import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.TransportChannel;
import io.grpc.ManagedChannelBuilder;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ProviderId;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The transport for those who bring the gRPC runtime; this SDK leaves it out. */
final class GrpcTransport {
    /** One class of each part that the application must bring. */
    private static final Map<String, String> PARTS = Map.of(
            "io.grpc.internal.ManagedChannelImplBuilder", "io.grpc:grpc-core",
            "io.grpc.auth.MoreCallCredentials", "io.grpc:grpc-auth",
            "io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder", "io.grpc:grpc-netty-shaded",
            "io.grpc.alts.ComputeEngineChannelCredentials", "io.grpc:grpc-alts");

    private GrpcTransport() {}

    /**
     * Finds out whether the runtime is there; does no I/O.
     *
     * @throws PortolanException UNSUPPORTED if it is not
     */
    static void require() {
        String missing = String.join(
                ", ",
                PARTS.entrySet().stream()
                        .filter(part -> !isPresent(part.getKey()))
                        .map(Map.Entry::getValue)
                        .sorted()
                        .toList());
        if (!missing.isEmpty()) {
            throw PortolanException.builder(
                            ErrorCode.UNSUPPORTED,
                            "portolan.gcp.transport was 'grpc' but the gRPC runtime is not on the class path: add "
                                    + missing + ", or set it to 'rest'")
                    .provider(ProviderId.GCP.value())
                    .build();
        }
    }

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, GrpcTransport.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    @SuppressWarnings("rawtypes") // As gax declares it.
    static TransportChannel channel(String host, @Nullable URI override, Map<String, String> headers, Executor executor)
            throws IOException {
        InstantiatingGrpcChannelProvider.Builder provider = InstantiatingGrpcChannelProvider.newBuilder()
                .setEndpoint(override == null ? host + ":443" : address(override));
        if (override != null && "http".equals(override.getScheme())) {
            provider.setChannelConfigurator(ManagedChannelBuilder::usePlaintext);
        }
        return provider.build().withExecutor(executor).withHeaders(headers).getTransportChannel();
    }

    private static String address(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : "http".equals(uri.getScheme()) ? 80 : 443;
        return uri.getHost() + ":" + port;
    }
}
