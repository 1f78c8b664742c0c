package io.portolan.aws.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.spi.RateLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AwsBucketsTest {
    private static RateLimit of(String request) {
        return AwsBuckets.ALL.stream()
                .filter(limit -> limit.operations().contains(request))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void all_eachRequest_isInOneBucket() {
        List<String> requests = AwsBuckets.ALL.stream()
                .flatMap(limit -> limit.operations().stream())
                .toList();

        assertThat(requests)
                .doesNotHaveDuplicates()
                .allMatch(r -> r.matches("(ecs|logs|ecr|application-autoscaling):[A-Z][A-Za-z]+"));
        assertThat(AwsBuckets.ALL).extracting(RateLimit::name).doesNotHaveDuplicates();
    }

    @Test
    void all_requestsThatShareABucketAtAws_shareOneHere() {
        assertThat(of("ecs:DescribeTasks")).isEqualTo(of("ecs:ListTasks"));
        assertThat(of("ecs:RegisterTaskDefinition")).isEqualTo(of("ecs:DeregisterTaskDefinition"));
    }

    @Test
    void all_scarcestRequests_areHalvedAtMost() {
        // AWS: 1 a second for task definitions after a burst; 10 a second of GetLogEvents in the lowest Regions.
        RateLimit definitions = of("ecs:RegisterTaskDefinition");
        RateLimit events = of("logs:GetLogEvents");

        assertThat(definitions.period().dividedBy(definitions.permits())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(events.permits()).isLessThanOrEqualTo(10);
    }

    @Test
    void all_everyRequestThatTheProviderMakes_isInABucket() throws IOException {
        Set<String> inBuckets = AwsBuckets.ALL.stream()
                .flatMap(limit -> limit.operations().stream())
                .collect(Collectors.toSet());

        assertThat(made()).contains("ecs:RunTask", "ecr:CreateRepository").isSubsetOf(inBuckets);
    }

    /** Requests are named in the sources where they are made. */
    private static Set<String> made() throws IOException {
        Pattern request = Pattern.compile("\"((?:ecs|logs|ecr|application-autoscaling):[A-Z][A-Za-z]+)\"");
        Set<String> found = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                request.matcher(Files.readString(source)).results().forEach(match -> found.add(match.group(1)));
            }
        }
        return found;
    }

    @Test
    void all_requestsWithoutADocumentedRate_areFewASecond() {
        for (String request : List.of(
                "ecs:CreateExpressGatewayService",
                "ecs:DescribeExpressGatewayService",
                "ecs:StopServiceDeployment",
                "ecr:CreateRepository",
                "application-autoscaling:RegisterScalableTarget")) {
            RateLimit limit = of(request);

            assertThat(limit.permits() / (double) limit.period().toSeconds())
                    .as(request)
                    .isLessThanOrEqualTo(5);
        }
    }
}
