package io.portolan.benchmarks.aws;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Clients of AWS as the vendor's manual makes them, over the same HTTP client that the provider has. */
public final class VendorClients implements AutoCloseable {
    private final URI endpoint;
    private final SdkHttpClient http = UrlConnectionHttpClient.create();

    /**
     * Clients for an emulator.
     *
     * @param endpoint its address
     */
    public VendorClients(URI endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Amazon ECS.
     *
     * @return a new client
     */
    public EcsClient ecs() {
        return at(EcsClient.builder().httpClient(http)).build();
    }

    /**
     * CloudWatch Logs.
     *
     * @return a new client
     */
    public CloudWatchLogsClient logs() {
        return at(CloudWatchLogsClient.builder().httpClient(http)).build();
    }

    private <B extends AwsClientBuilder<B, ?>> B at(B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.of(EmulatedEcs.REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(EmulatedEcs.KEY, EmulatedEcs.KEY)));
    }

    @Override
    public void close() {
        http.close();
    }
}
