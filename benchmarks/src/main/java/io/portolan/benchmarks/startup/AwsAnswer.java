package io.portolan.benchmarks.startup;

import io.portolan.Cloud;
import io.portolan.benchmarks.aws.EmulatedEcs;
import io.portolan.benchmarks.aws.VendorClients;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Asks AWS for what an application has: the log groups that are records of executions, and services. Both ways make the same requests. */
final class AwsAnswer {
    private AwsAnswer() {}

    static int ofSdk(String endpoint) {
        try (Cloud cloud = Cloud.connect(EmulatedEcs.config(URI.create(endpoint), Duration.ofSeconds(1)))) {
            return cloud.list().size();
        }
    }

    static int ofVendor(String endpoint) {
        try (VendorClients clients = new VendorClients(URI.create(endpoint));
                CloudWatchLogsClient logs = clients.logs();
                EcsClient ecs = clients.ecs()) {
            int records = logs.describeLogGroups(r -> r.logGroupNamePrefix("/portolan/benchmark/execution/")
                            .limit(50))
                    .logGroups()
                    .size();
            return records
                    + ecs.listServices(r -> r.cluster("default").maxResults(100))
                            .serviceArns()
                            .size();
        }
    }
}
