package io.portolan.emulator.internal.aws.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.emulator.CloudEmulator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

class LogsServiceTest {
    private static final CloudEmulator EMULATOR = CloudEmulator.builder().start();
    private static final CloudWatchLogsClient LOGS = CloudWatchLogsClient.builder()
            .endpointOverride(EMULATOR.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();

    @AfterAll
    static void close() {
        LOGS.close();
        EMULATOR.close();
    }

    private static void stream(String group) {
        LOGS.createLogGroup(r -> r.logGroupName(group));
        LOGS.createLogStream(r -> r.logGroupName(group).logStreamName("s"));
    }

    private static void put(String group, long... times) {
        List<InputLogEvent> events = IntStream.range(0, times.length)
                .mapToObj(i -> InputLogEvent.builder()
                        .timestamp(times[i])
                        .message("line " + i)
                        .build())
                .toList();
        LOGS.putLogEvents(r -> r.logGroupName(group).logStreamName("s").logEvents(events));
    }

    @Test
    void createLogGroup_twice_isRefused_andTheFirstOnesTagsStay() {
        LOGS.createLogGroup(r -> r.logGroupName("/once/a").tags(Map.of("who", "first")));

        assertThatThrownBy(
                        () -> LOGS.createLogGroup(r -> r.logGroupName("/once/a").tags(Map.of("who", "second"))))
                .isInstanceOf(ResourceAlreadyExistsException.class);
        LogGroup group = LOGS.describeLogGroups(r -> r.logGroupNamePrefix("/once/"))
                .logGroups()
                .get(0);
        assertThat(group.arn()).endsWith(":log-group:/once/a:*");
        assertThat(LOGS.listTagsForResource(r -> r.resourceArn(group.logGroupArn()))
                        .tags())
                .containsExactly(Map.entry("who", "first"));
    }

    @Test
    void describeLogGroups_many_comePageByPage() {
        IntStream.range(0, 60).forEach(i -> LOGS.createLogGroup(r -> r.logGroupName("/many/%02d".formatted(i))));

        assertThat(LOGS.describeLogGroups(r -> r.logGroupNamePrefix("/many/")).logGroups())
                .hasSize(50);
        assertThat(LOGS.describeLogGroupsPaginator(r -> r.logGroupNamePrefix("/many/"))
                        .logGroups())
                .extracting(LogGroup::logGroupName)
                .hasSize(60)
                .doesNotHaveDuplicates();
    }

    @Test
    void getLogEvents_page_goesOnWithItsToken_andEndsWithTheSame() {
        stream("/read");
        long now = Instant.now().toEpochMilli();
        put("/read", now, now, now + 1);

        GetLogEventsResponse first = LOGS.getLogEvents(r ->
                r.logGroupName("/read").logStreamName("s").startFromHead(true).limit(2));
        GetLogEventsResponse second = LOGS.getLogEvents(
                r -> r.logGroupName("/read").logStreamName("s").nextToken(first.nextForwardToken()));
        GetLogEventsResponse end = LOGS.getLogEvents(
                r -> r.logGroupName("/read").logStreamName("s").nextToken(second.nextForwardToken()));

        assertThat(first.events()).extracting(OutputLogEvent::message).containsExactly("line 0", "line 1");
        assertThat(second.events()).extracting(OutputLogEvent::message).containsExactly("line 2");
        assertThat(end.events()).isEmpty();
        assertThat(end.nextForwardToken()).isEqualTo(second.nextForwardToken());
    }

    @Test
    void putLogEvents_outOfOrder_isRefused() {
        stream("/order");
        long now = Instant.now().toEpochMilli();

        assertThatThrownBy(() -> put("/order", now, now - 1)).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void getLogEvents_unknownStream_isNotFound() {
        LOGS.createLogGroup(r -> r.logGroupName("/empty"));

        assertThatThrownBy(() -> LOGS.getLogEvents(r -> r.logGroupName("/empty").logStreamName("none")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void tagResource_beyondFifty_isRefused() {
        LOGS.createLogGroup(r -> r.logGroupName("/tags"));
        String arn = LOGS.describeLogGroups(r -> r.logGroupNamePrefix("/tags"))
                .logGroups()
                .get(0)
                .logGroupArn();

        for (int from : new int[] {0, 25}) {
            LOGS.tagResource(r -> r.resourceArn(arn).tags(tags(from)));
        }

        assertThatThrownBy(() -> LOGS.tagResource(r -> r.resourceArn(arn).tags(tags(50))))
                .isInstanceOf(CloudWatchLogsException.class);
    }

    private static Map<String, String> tags(int from) {
        return IntStream.range(from, from + 25)
                .boxed()
                .collect(java.util.stream.Collectors.toMap(i -> "key" + i, i -> "value"));
    }
}
