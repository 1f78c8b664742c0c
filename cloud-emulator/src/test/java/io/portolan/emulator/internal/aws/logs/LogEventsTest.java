package io.portolan.emulator.internal.aws.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.emulator.AwsClients;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogEventsTest {
    private static final String GROUP = "/app";

    private final EmulatorClock clock = EmulatorClock.manual();
    private final CloudEmulator emulator = CloudEmulator.builder().clock(clock).start();
    private final CloudWatchLogsClient logs = AwsClients.open(emulator, CloudWatchLogsClient.builder());

    @BeforeEach
    void open() {
        logs.createLogGroup(request -> request.logGroupName(GROUP));
        logs.createLogStream(request -> request.logGroupName(GROUP).logStreamName("a"));
        logs.createLogStream(request -> request.logGroupName(GROUP).logStreamName("b"));
    }

    @AfterEach
    void clear() {
        emulator.aws().faults().clear();
        logs.deleteLogGroup(request -> request.logGroupName(GROUP));
    }

    @AfterAll
    void close() {
        logs.close();
        emulator.close();
    }

    @Test
    void getLogEvents_fromHead_endsWithTheSameToken() {
        put("a", "1", "2", "3");

        var first = get(request -> request.startFromHead(true).limit(2));
        var second = get(request -> request.startFromHead(true).limit(2).nextToken(first.nextForwardToken()));
        var third = get(request -> request.startFromHead(true).nextToken(second.nextForwardToken()));

        assertThat(messages(first)).containsExactly("1", "2");
        assertThat(messages(second)).containsExactly("3");
        assertThat(second.nextForwardToken()).isNotEqualTo(first.nextForwardToken());
        assertThat(third.events()).isEmpty();
        assertThat(third.nextForwardToken()).isEqualTo(second.nextForwardToken());
        put("a", "4");
        assertThat(messages(get(request -> request.startFromHead(true).nextToken(third.nextForwardToken()))))
                .containsExactly("4");
    }

    @Test
    void getLogEvents_byDefault_beginsWithTheLatest() {
        put("a", "1", "2", "3");

        var latest = get(request -> request.limit(2));
        var earlier = get(request -> request.nextToken(latest.nextBackwardToken()));
        var end = get(request -> request.nextToken(earlier.nextBackwardToken()));

        assertThat(messages(latest)).containsExactly("2", "3");
        assertThat(messages(earlier)).containsExactly("1");
        assertThat(end.events()).isEmpty();
        assertThat(end.nextBackwardToken()).isEqualTo(earlier.nextBackwardToken());
    }

    @Test
    void getLogEvents_ofAnEmptyStream_repeatsItsToken() {
        var first = get(request -> request.startFromHead(true));
        var second = get(request -> request.startFromHead(true).nextToken(first.nextForwardToken()));

        assertThat(second.nextForwardToken()).isEqualTo(first.nextForwardToken());
        put("a", "1");
        assertThat(messages(get(request -> request.startFromHead(true).nextToken(second.nextForwardToken()))))
                .containsExactly("1");
    }

    @Test
    void getLogEvents_byATokenOfYesterday_isRefused() {
        put("a", "1");
        String token = get(request -> request.startFromHead(true)).nextForwardToken();

        clock.advance(Duration.ofHours(24));
        assertThat(get(request -> request.startFromHead(true).nextToken(token)).nextForwardToken())
                .isEqualTo(token);
        clock.advance(Duration.ofMillis(1));
        assertThatThrownBy(() -> get(request -> request.startFromHead(true).nextToken(token)))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void getLogEvents_withTimes_includesTheStartAndNotTheEnd() {
        long now = clock.millis();
        put("a", now, "1");
        put("a", now + 1, "2");
        put("a", now + 2, "3");

        assertThat(messages(get(request ->
                        request.startFromHead(true).startTime(now + 1).endTime(now + 2))))
                .containsExactly("2");
    }

    @Test
    void getLogEvents_ofLargeEvents_endsThePageAtOneMebibyte() {
        String large = "x".repeat(400_000);
        for (int i = 0; i < 5; i++) {
            put("a", large);
        }

        var first = get(request -> request.startFromHead(true));
        assertThat(first.events()).hasSize(2);
        assertThat(logs.getLogEventsPaginator(request ->
                                request.logGroupName(GROUP).logStreamName("a").startFromHead(true))
                        .events())
                .hasSize(5);
    }

    @Test
    void emptyLogPages_inTheMiddle_leadOnToTheEvents() {
        emulator.aws().faults().emptyLogPages(2);
        put("a", "1");

        var first = get(request -> request.startFromHead(true));
        var second = get(request -> request.startFromHead(true).nextToken(first.nextForwardToken()));
        var third = get(request -> request.startFromHead(true).nextToken(second.nextForwardToken()));

        assertThat(first.events()).isEmpty();
        assertThat(second.events()).isEmpty();
        assertThat(second.nextForwardToken()).isNotEqualTo(first.nextForwardToken());
        assertThat(messages(third)).containsExactly("1");
    }

    @Test
    void logLag_hidesEventsUntilItIsOver() {
        emulator.aws().faults().logLag(Duration.ofSeconds(5));
        put("a", "1");

        var early = get(request -> request.startFromHead(true));
        assertThat(early.events()).isEmpty();
        clock.advance(Duration.ofSeconds(5));
        assertThat(messages(get(request -> request.startFromHead(true).nextToken(early.nextForwardToken()))))
                .containsExactly("1");
    }

    @Test
    void getLogEvents_ofWhatIsNotThere_isRefused() {
        assertThatThrownBy(() -> get(request -> request.logStreamName("none")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("The specified log stream does not exist.");
        assertThatThrownBy(() -> get(request -> request.logGroupName("/none")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> get(request -> request.nextToken("t")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("nextToken");
        assertThatThrownBy(() -> get(request -> request.logGroupIdentifier(GROUP)))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void putLogEvents_outOfOrderOrTooLarge_isRefused() {
        long now = clock.millis();

        assertThatThrownBy(() -> put("a", event(now, "1"), event(now - 1, "2")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("chronological order");
        assertThatThrownBy(() -> put("a", event(now, "x".repeat(1_048_577))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Log event too large");
        assertThatThrownBy(() -> put("a", event(now, "x".repeat(600_000)), event(now, "x".repeat(448_525))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Upload too large: 1048577 bytes");
        assertThatThrownBy(() -> put(
                        "a",
                        IntStream.range(0, 10_001)
                                .mapToObj(i -> event(now, "x"))
                                .toArray(InputLogEvent[]::new)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> put("a", event(now - Duration.ofHours(25).toMillis(), "1"), event(now, "2")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("24 hours");
        assertThat(get(request -> {}).events()).isEmpty();
    }

    @Test
    void putLogEvents_tooOldOrTooNew_rejectsThoseEventsOnly() {
        long now = clock.millis();

        PutLogEventsResponse answer = put(
                "a",
                event(now - Duration.ofDays(15).toMillis(), "old"),
                event(now, "right"),
                event(now + Duration.ofHours(2).toMillis(), "just right"),
                event(now + Duration.ofHours(3).toMillis(), "new"));

        assertThat(answer.rejectedLogEventsInfo().tooOldLogEventEndIndex()).isEqualTo(1);
        assertThat(answer.rejectedLogEventsInfo().tooNewLogEventStartIndex()).isEqualTo(3);
        assertThat(messages(get(request -> {}))).containsExactly("right", "just right");
        logs.putRetentionPolicy(request -> request.logGroupName(GROUP).retentionInDays(1));
        assertThat(put("a", event(now - Duration.ofDays(2).toMillis(), "expired"))
                        .rejectedLogEventsInfo()
                        .expiredLogEventEndIndex())
                .isEqualTo(1);
    }

    @Test
    void filterLogEvents_mergesStreamsByTime() {
        long now = clock.millis();
        put("b", now, "error: b1");
        put("a", now + 1, "a2 error");
        put("b", now + 2, "fine");

        assertThat(filter(request -> {})).containsExactly("error: b1", "a2 error", "fine");
        assertThat(filter(request -> request.logStreamNames("b"))).containsExactly("error: b1", "fine");
        assertThat(filter(request -> request.logStreamNamePrefix("a"))).containsExactly("a2 error");
        assertThat(filter(request -> request.filterPattern("error -a2"))).containsExactly("error: b1");
        assertThat(filter(request -> request.filterPattern("?fine ?\"a2 e\""))).containsExactly("a2 error", "fine");
        assertThat(filter(request -> request.startTime(now + 1).endTime(now + 2)))
                .containsExactly("a2 error");
        assertThatThrownBy(() -> filter(request -> request.logStreamNames("none")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void filterLogEvents_notFromHead_beginsWithTheLatest() {
        put("a", "1", "2", "3");

        assertThat(logs.filterLogEventsPaginator(request -> request.logGroupName(GROUP)
                                .startFromHead(false)
                                .startTime(clock.millis())
                                .limit(2))
                        .events())
                .extracting(FilteredLogEvent::message)
                .containsExactly("3", "2", "1");
    }

    @Test
    void filterLogEvents_pageByPage_leadsThroughEmptyPages() {
        put("a", "1", "2", "3");
        emulator.aws().faults().emptyLogPages(1);

        List<Integer> sizes = new ArrayList<>();
        List<String> all = new ArrayList<>();
        logs.filterLogEventsPaginator(request -> request.logGroupName(GROUP).limit(2))
                .forEach(page -> {
                    sizes.add(page.events().size());
                    page.events().forEach(event -> all.add(event.message()));
                });

        assertThat(sizes).containsExactly(0, 2, 1);
        assertThat(all).containsExactly("1", "2", "3");
    }

    private GetLogEventsResponse get(Consumer<GetLogEventsRequest.Builder> more) {
        return logs.getLogEvents(
                request -> more.accept(request.logGroupName(GROUP).logStreamName("a")));
    }

    private List<String> filter(Consumer<FilterLogEventsRequest.Builder> more) {
        return logs.filterLogEvents(request -> more.accept(request.logGroupName(GROUP))).events().stream()
                .map(FilteredLogEvent::message)
                .toList();
    }

    private static List<String> messages(GetLogEventsResponse page) {
        return page.events().stream().map(OutputLogEvent::message).toList();
    }

    private void put(String stream, String... messages) {
        for (String message : messages) {
            put(stream, clock.millis(), message);
        }
    }

    private void put(String stream, long time, String message) {
        put(stream, event(time, message));
    }

    private PutLogEventsResponse put(String stream, InputLogEvent... events) {
        return logs.putLogEvents(
                request -> request.logGroupName(GROUP).logStreamName(stream).logEvents(events));
    }

    private static InputLogEvent event(long time, String message) {
        return InputLogEvent.builder().timestamp(time).message(message).build();
    }
}
