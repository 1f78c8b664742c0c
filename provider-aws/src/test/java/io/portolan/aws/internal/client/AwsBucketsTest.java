package io.portolan.aws.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.spi.RateLimit;
import java.time.Duration;
import java.util.List;
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

        assertThat(requests).doesNotHaveDuplicates().allMatch(r -> r.matches("(ecs|logs|ecr):[A-Z][A-Za-z]+"));
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
}
