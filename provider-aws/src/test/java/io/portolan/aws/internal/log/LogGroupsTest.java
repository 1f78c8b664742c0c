package io.portolan.aws.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.error.InvalidSpecException;
import io.portolan.spi.RequestLimits;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogGroupsTest {
    private static final Map<String, String> TAGS = Map.of("portolan:managed-by", "portolan");

    private final FakeLogs logs = new FakeLogs();
    private final LogGroups groups = new LogGroups(() -> logs, new AwsCalls(RequestLimits.NONE), TAGS);

    @Test
    void ensure_noGroup_makesOneThatForgets() {
        groups.ensure("/portolan/app", 30);

        assertThat(logs.groups).containsEntry("/portolan/app", TAGS);
        assertThat(logs.retention).containsEntry("/portolan/app", 30);
    }

    @Test
    void ensure_again_asksNothing() {
        groups.ensure("/portolan/app", 30);
        logs.requests.clear();

        groups.ensure("/portolan/app", 30);

        assertThat(logs.requests).isEmpty();
    }

    @Test
    void ensure_groupOfOthers_isLeftAsItIs() {
        logs.groups.put("/team", Map.of());

        groups.ensure("/team", 30);

        assertThat(logs.retention).isEmpty();
    }

    @Test
    void ensure_ourGroupThatNeverForgets_getsItsRetention() {
        logs.groups.put("/portolan/app", TAGS);

        groups.ensure("/portolan/app", 7);

        assertThat(logs.retention).containsEntry("/portolan/app", 7);
    }

    @Test
    void ensure_ourGroupWithARetentionThatSomebodyChose_keepsIt() {
        logs.groups.put("/portolan/app", TAGS);
        logs.retention.put("/portolan/app", 365);

        groups.ensure("/portolan/app", 7);

        assertThat(logs.retention).containsEntry("/portolan/app", 365);
    }

    @Test
    void ensure_daysThatAreNotAllowed_areRefusedWithoutARequest() {
        assertThatThrownBy(() -> groups.ensure("/portolan/app", 31))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("log-retention-days was '31'")
                .hasMessageContaining("write 60");
        assertThat(logs.requests).isEmpty();
    }

    @Test
    void isAllowed_knowsTheDaysOfCloudWatch() {
        assertThat(LogRetention.isAllowed(1)).isTrue();
        assertThat(LogRetention.isAllowed(3653)).isTrue();
        assertThat(LogRetention.isAllowed(0)).isFalse();
        assertThat(LogRetention.isAllowed(2)).isFalse();
        assertThatThrownBy(() -> LogRetention.check(9999)).hasMessageContaining("write 3653");
    }
}
