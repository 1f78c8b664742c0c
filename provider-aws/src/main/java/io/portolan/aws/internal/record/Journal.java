package io.portolan.aws.internal.record;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import io.portolan.spi.ExecutionRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;

/**
 * What happened to the attempts of an execution, for what ECS forgets: stopped tasks vanish after an hour. A log stream in the group of the
 * record; one fact is one event. What ECS knows itself is truer: a line can be missing, or be some seconds late. Thread-safe.
 */
public final class Journal {
    /** The name of the stream. */
    static final String STREAM = "attempts";

    /** Most events of one request. Source: CloudWatch Logs API, PutLogEvents (2026-08). */
    private static final int MOST = 1000;

    private final Supplier<CloudWatchLogsClient> logs;
    private final AwsCalls calls;
    private final String application;
    private final Clock clock;

    /**
     * The journals of one application.
     *
     * @param logs the client, made at first use
     * @param calls makes the requests
     * @param application whose
     * @param clock the time of the events
     */
    public Journal(Supplier<CloudWatchLogsClient> logs, AwsCalls calls, String application, Clock clock) {
        this.logs = logs;
        this.calls = calls;
        this.application = application;
        this.clock = clock;
    }

    /**
     * Writes facts, in one request for up to a thousand.
     *
     * @param id the execution, which has a record
     * @param facts in the order in which they happened
     * @throws PortolanException if they may not have been written; writing them again does no harm
     */
    public void write(ExecutionId id, List<Fact> facts) {
        long now = clock.millis();
        for (int from = 0; from < facts.size(); from += MOST) {
            List<InputLogEvent> events = facts.subList(from, Math.min(facts.size(), from + MOST)).stream()
                    .map(fact -> InputLogEvent.builder()
                            .timestamp(now)
                            .message(FactLines.write(fact))
                            .build())
                    .toList();
            write(
                    id,
                    PutLogEventsRequest.builder()
                            .logGroupName(ExecutionRecords.group(application, id))
                            .logStreamName(STREAM)
                            .logEvents(events)
                            .build());
        }
    }

    private void write(ExecutionId id, PutLogEventsRequest request) {
        PutLogEventsResponse answer;
        try {
            answer = put(request);
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            makeStream(id, e);
            answer = put(request);
        }
        if (answer.rejectedLogEventsInfo() != null) {
            throw PortolanException.builder(
                            ErrorCode.UNAVAILABLE,
                            "CloudWatch Logs took no line for the journal of execution '" + id
                                    + "' because of its time; look at the clock of this machine")
                    .provider(ProviderId.AWS.value())
                    .resource(id.value())
                    .build();
        }
    }

    private PutLogEventsResponse put(PutLogEventsRequest request) {
        return calls.call(
                "logs:PutLogEvents", request.logGroupName(), () -> logs.get().putLogEvents(request));
    }

    /** The stream is missing if whoever claimed the execution ended in between; the group, if the execution was deleted. */
    private void makeStream(ExecutionId id, PortolanException missing) {
        String group = ExecutionRecords.group(application, id);
        try {
            calls.call(
                    "logs:CreateLogStream",
                    group,
                    () -> logs.get()
                            .createLogStream(CreateLogStreamRequest.builder()
                                    .logGroupName(group)
                                    .logStreamName(STREAM)
                                    .build()));
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                throw PortolanException.builder(
                                ErrorCode.CONFLICT,
                                "the record of execution '" + id + "' was deleted while somebody still carried it out")
                        .provider(ProviderId.AWS.value())
                        .operation("logs:PutLogEvents")
                        .resource(id.value())
                        .cause(missing)
                        .build();
            }
            if (e.code() != ErrorCode.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    /**
     * Reads all facts.
     *
     * @param record the execution
     * @return in the order in which they were written; none if nothing was written yet
     */
    public List<Fact> read(ExecutionRecord record) {
        String group = ExecutionRecords.group(application, record.id());
        List<Fact> facts = new ArrayList<>();
        String token = null;
        while (true) {
            GetLogEventsRequest request = GetLogEventsRequest.builder()
                    .logGroupName(group)
                    .logStreamName(STREAM)
                    .startFromHead(true)
                    .nextToken(token)
                    .build();
            GetLogEventsResponse page;
            try {
                page = calls.call("logs:GetLogEvents", group, () -> logs.get().getLogEvents(request));
            } catch (PortolanException e) {
                if (e.code() == ErrorCode.NOT_FOUND) {
                    return facts;
                }
                throw e;
            }
            page.events()
                    .forEach(event -> FactLines.read(event.message(), record.id(), record.specHash())
                            .ifPresent(facts::add));
            String next = page.nextForwardToken();
            // An empty page does not mean the end; the same token again does.
            if (next == null || next.equals(token)) {
                return facts;
            }
            token = next;
        }
    }
}
