package io.portolan.emulator.internal.aws.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.emulator.AwsClients;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatchlogs.model.TooManyTagsException;
import software.amazon.awssdk.services.cloudwatchlogs.paginators.DescribeLogGroupsIterable;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogGroupsTest {
    private static final String ARN = "arn:aws:logs:us-east-1:123456789012:log-group:";

    private final EmulatorClock clock = EmulatorClock.manual();
    private final CloudEmulator emulator = CloudEmulator.builder().clock(clock).start();
    private final CloudWatchLogsClient logs = AwsClients.open(emulator, CloudWatchLogsClient.builder());

    @AfterEach
    void clear() {
        groups("").forEach(group -> logs.deleteLogGroup(request -> request.logGroupName(group.logGroupName())));
    }

    @AfterAll
    void close() {
        logs.close();
        emulator.close();
    }

    @Test
    void createLogGroup_byDefault_neverExpires() {
        logs.createLogGroup(request -> request.logGroupName("/app"));

        assertThat(groups("/app")).singleElement().satisfies(group -> {
            assertThat(group.arn()).isEqualTo(ARN + "/app:*");
            assertThat(group.logGroupArn()).isEqualTo(ARN + "/app");
            assertThat(group.creationTime()).isEqualTo(clock.millis());
            assertThat(group.retentionInDays()).isNull();
        });
    }

    @Test
    void createLogGroup_twice_isRefused() {
        logs.createLogGroup(request -> request.logGroupName("/app"));

        assertThatThrownBy(() -> logs.createLogGroup(request -> request.logGroupName("/app")))
                .isInstanceOf(ResourceAlreadyExistsException.class)
                .hasMessageContaining("The specified log group already exists");
    }

    @Test
    void createLogGroup_withWhatTheModelForbids_isRefused() {
        assertThatThrownBy(() -> logs.createLogGroup(request -> request.logGroupName("a b")))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> logs.createLogGroup(
                        request -> request.logGroupName("/app").tags(Map.of("a!", "b"))))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> logs.createLogGroup(
                        request -> request.logGroupName("/app").tags(Map.of("k".repeat(129), "b"))))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> logs.createLogGroup(
                        request -> request.logGroupName("/app").tags(tags(51))))
                .isInstanceOf(InvalidParameterException.class);
        assertThat(groups("")).isEmpty();
    }

    @Test
    void describeLogGroups_ofMany_goesPageByPage() {
        for (int i = 0; i < 120; i++) {
            int number = i;
            logs.createLogGroup(request -> request.logGroupName("/many/" + number));
        }
        logs.createLogGroup(request -> request.logGroupName("/other"));

        var first = logs.describeLogGroups(request -> request.logGroupNamePrefix("/many/"));
        assertThat(first.logGroups()).hasSize(50);
        assertThat(first.nextToken()).isNotNull();
        DescribeLogGroupsIterable all =
                logs.describeLogGroupsPaginator(request -> request.logGroupNamePrefix("/many/"));
        assertThat(all.logGroups().stream().map(LogGroup::logGroupName).distinct())
                .hasSize(120);
        assertThat(logs.describeLogGroups(request -> request.logGroupNamePattern("the"))
                        .logGroups())
                .extracting(LogGroup::logGroupName)
                .containsExactly("/other");
    }

    @Test
    void retention_ofAnAllowedValue_isKeptUntilItIsDeleted() {
        logs.createLogGroup(request -> request.logGroupName("/app"));

        logs.putRetentionPolicy(request -> request.logGroupName("/app").retentionInDays(30));
        assertThat(groups("/app").get(0).retentionInDays()).isEqualTo(30);
        assertThatThrownBy(() -> logs.putRetentionPolicy(
                        request -> request.logGroupName("/app").retentionInDays(31)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("retentionInDays");
        logs.deleteRetentionPolicy(request -> request.logGroupName("/app"));
        assertThat(groups("/app").get(0).retentionInDays()).isNull();
    }

    @Test
    @SuppressWarnings("deprecation") // older programs still call these operations
    void tags_ofAGroup_areFoundByArnAndByName() {
        logs.createLogGroup(request -> request.logGroupName("/app").tags(Map.of("a", "1", "b", "2")));
        String arn = ARN + "/app";

        logs.tagResource(request -> request.resourceArn(arn).tags(Map.of("b", "3")));
        logs.untagResource(request -> request.resourceArn(arn).tagKeys("a"));
        logs.tagLogGroup(request -> request.logGroupName("/app").tags(Map.of("c", "4")));

        assertThat(logs.listTagsForResource(request -> request.resourceArn(arn)).tags())
                .isEqualTo(Map.of("b", "3", "c", "4"));
        assertThat(logs.listTagsLogGroup(request -> request.logGroupName("/app"))
                        .tags())
                .isEqualTo(Map.of("b", "3", "c", "4"));
        assertThatThrownBy(() -> logs.listTagsForResource(request -> request.resourceArn(arn + ":*")))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() ->
                        logs.tagResource(request -> request.resourceArn(arn).tags(tags(50))))
                .isInstanceOf(TooManyTagsException.class);
        assertThatThrownBy(() -> logs.listTagsForResource(request -> request.resourceArn(ARN + "/none")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void streams_ofAGroup_areListedByNameOrByTime() {
        logs.createLogGroup(request -> request.logGroupName("/app"));
        for (String stream : List.of("a", "b", "c")) {
            logs.createLogStream(request -> request.logGroupName("/app").logStreamName(stream));
        }
        put("a");
        clock.advance(Duration.ofSeconds(1));
        put("b");

        assertThat(streams(OrderBy.LOG_STREAM_NAME, false)).containsExactly("a", "b", "c");
        assertThat(streams(OrderBy.LAST_EVENT_TIME, true)).containsExactly("b", "a", "c");
        assertThat(logs.describeLogStreamsPaginator(
                                request -> request.logGroupName("/app").limit(1))
                        .logStreams())
                .extracting(LogStream::logStreamName)
                .containsExactly("a", "b", "c");
        assertThatThrownBy(() -> logs.describeLogStreams(request ->
                        request.logGroupName("/app").logStreamNamePrefix("a").orderBy(OrderBy.LAST_EVENT_TIME)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> logs.createLogStream(
                        request -> request.logGroupName("/app").logStreamName("a")))
                .isInstanceOf(ResourceAlreadyExistsException.class);
        logs.deleteLogStream(request -> request.logGroupName("/app").logStreamName("a"));
        assertThatThrownBy(() -> logs.deleteLogStream(
                        request -> request.logGroupName("/app").logStreamName("a")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void missingGroup_isNotFoundByAnyOperation() {
        assertThatThrownBy(() -> logs.deleteLogGroup(request -> request.logGroupName("/none")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("The specified log group does not exist.");
        assertThatThrownBy(() -> logs.putRetentionPolicy(
                        request -> request.logGroupName("/none").retentionInDays(30)))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> logs.createLogStream(
                        request -> request.logGroupName("/none").logStreamName("a")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void operation_thatTheEmulatorLacks_saysSo() {
        assertThatThrownBy(() -> logs.describeQueries(request -> {}))
                .isInstanceOf(CloudWatchLogsException.class)
                .hasMessageContaining("does not have DescribeQueries");
    }

    private List<LogGroup> groups(String prefix) {
        return logs
                .describeLogGroupsPaginator(request -> request.logGroupNamePrefix(prefix.isEmpty() ? null : prefix))
                .logGroups()
                .stream()
                .toList();
    }

    private List<String> streams(OrderBy order, boolean descending) {
        return logs
                .describeLogStreams(
                        request -> request.logGroupName("/app").orderBy(order).descending(descending))
                .logStreams()
                .stream()
                .map(LogStream::logStreamName)
                .toList();
    }

    private void put(String stream) {
        logs.putLogEvents(request -> request.logGroupName("/app")
                .logStreamName(stream)
                .logEvents(InputLogEvent.builder()
                        .timestamp(clock.millis())
                        .message("hello")
                        .build()));
    }

    private static Map<String, String> tags(int count) {
        Map<String, String> tags = new HashMap<>();
        for (int i = 0; i < count; i++) {
            tags.put("key" + i, "value");
        }
        return tags;
    }
}
