package io.portolan.gcp.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.spi.RateLimit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GcpBucketsTest {
    private static RateLimit of(String request) {
        return GcpBuckets.ALL.stream()
                .filter(limit -> limit.operations().contains(request))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void request_isInOneBucketOnly() {
        List<String> requests = GcpBuckets.ALL.stream()
                .flatMap(limit -> limit.operations().stream())
                .toList();

        assertThat(requests).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+:[A-Z][A-Za-z]+"));
    }

    @Test
    void writes_shareTheThirtyOfASmallProject() {
        RateLimit writes = of("run:CreateJob");

        assertThat(writes.operations()).contains("run:UpdateJob", "run:CancelExecution", "run:UpdateService");
        assertThat(writes.period()).isEqualTo(Duration.ofMinutes(1));
        assertThat(writes.permits()).isLessThanOrEqualTo(30);
    }

    @Test
    void reads_andLogs_haveTheirOwn() {
        assertThat(of("run:GetExecution")).isEqualTo(of("run:ListTasks")).isNotEqualTo(of("run:CreateJob"));
        assertThat(of("logging:ListLogEntries").permits()).isLessThan(60);
    }
}
