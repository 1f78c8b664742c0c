package io.portolan.aws.internal.record;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import io.portolan.spi.ExecutionRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;

/**
 * The records of executions: tags of log groups {@code /portolan/APPLICATION/execution/ID}. Making a group is atomic, takes the tags in the
 * same call and is refused when the name is taken; so the first claim wins, whoever asks at the same time.
 *
 * <p>The groups have no retention: it would empty the journal but leave the record, and a task that ran long ago would look as if it never
 * had. They go with {@link #delete}, that is by the user or by a clean-up. Thread-safe.
 */
public final class ExecutionRecords {
    private static final int PAGE = 50;

    private final Supplier<CloudWatchLogsClient> logs;
    private final AwsCalls calls;
    private final String application;

    /** What the ARNs of all groups begin with; known once one was seen, which saves a request for each record that is read later. */
    private volatile @Nullable String arnPrefix;

    /**
     * Records of one application.
     *
     * @param logs the client, made at first use
     * @param calls makes the requests
     * @param application whose records
     */
    public ExecutionRecords(Supplier<CloudWatchLogsClient> logs, AwsCalls calls, String application) {
        this.logs = logs;
        this.calls = calls;
        this.application = application;
    }

    /**
     * What the names of the records' groups begin with.
     *
     * @param application the application
     * @return a name that ends in a slash
     */
    static String prefix(String application) {
        return "/portolan/" + application + "/execution/";
    }

    /**
     * The log group of an execution. Every legal id is a legal part of the name of a group.
     *
     * @param application the application
     * @param id the execution
     * @return its name
     */
    static String group(String application, ExecutionId id) {
        return prefix(application) + id.value();
    }

    /**
     * Keeps a record, or gives back the one that is there.
     *
     * @param wanted the record to keep if there is none
     * @return the record that is kept
     */
    public StoredRecord claim(ExecutionRecord wanted) {
        String group = group(application, wanted.id());
        String nonce = UUID.randomUUID().toString();
        Map<String, String> tags = RecordTags.encode(wanted, nonce, application);
        try {
            calls.call(
                    "logs:CreateLogGroup",
                    group,
                    () -> logs.get()
                            .createLogGroup(CreateLogGroupRequest.builder()
                                    .logGroupName(group)
                                    .tags(tags)
                                    .build()));
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.ALREADY_EXISTS) {
                return existing(wanted.id());
            }
            throw e;
        }
        makeStream(group);
        return new StoredRecord(wanted, nonce, arnPrefix == null ? "" : arnPrefix + group, true);
    }

    /** Only saves time: the journal makes it when it is missing. */
    private void makeStream(String group) {
        try {
            calls.call(
                    "logs:CreateLogStream",
                    group,
                    () -> logs.get()
                            .createLogStream(CreateLogStreamRequest.builder()
                                    .logGroupName(group)
                                    .logStreamName(Journal.STREAM)
                                    .build()));
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
        }
    }

    private StoredRecord existing(ExecutionId id) {
        String group = group(application, id);
        Optional<StoredRecord> kept = find(id);
        if (kept.isPresent()) {
            return kept.get();
        }
        if (arn(group).isPresent() && !tags(group).isEmpty()) {
            throw PortolanException.builder(
                            ErrorCode.CONFLICT,
                            "the log group '" + group
                                    + "' exists but is no record of this SDK, or was changed; delete it or use another execution id")
                    .provider(ProviderId.AWS.value())
                    .resource(id.value())
                    .build();
        }
        throw PortolanException.builder(
                        ErrorCode.UNAVAILABLE,
                        "the record of execution '" + id + "' was made a moment ago and cannot be read yet")
                .provider(ProviderId.AWS.value())
                .resource(id.value())
                .build();
    }

    /**
     * The record of an execution.
     *
     * @param id the execution
     * @return empty if there is none
     */
    public Optional<StoredRecord> find(ExecutionId id) {
        String group = group(application, id);
        return arn(group).flatMap(arn -> RecordTags.decode(tags(group), application, arn));
    }

    /**
     * All records: one request for fifty groups, and one for the tags of each, at five a second.
     *
     * @return oldest first
     */
    public List<StoredRecord> all() {
        List<StoredRecord> all = new ArrayList<>();
        for (LogGroup group : groups(prefix(application))) {
            RecordTags.decode(tags(group.logGroupName()), application, arnOf(group))
                    .ifPresent(all::add);
        }
        all.sort(Comparator.comparing(stored -> stored.record().createdAt()));
        return List.copyOf(all);
    }

    /**
     * The ids of all records, by the names of their groups alone: one request for fifty. A group that others made under our prefix counts too.
     *
     * @return oldest first
     */
    public List<ExecutionId> ids() {
        String prefix = prefix(application);
        return groups(prefix).stream()
                .sorted(Comparator.comparing(LogGroup::creationTime, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(group -> group.logGroupName().substring(prefix.length()))
                .flatMap(name -> id(name).stream())
                .toList();
    }

    private static Optional<ExecutionId> id(String name) {
        try {
            return Optional.of(ExecutionId.of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Notes that the user cancelled. Idempotent.
     *
     * @param id a claimed execution
     * @param now the time
     */
    public void markCancelled(ExecutionId id, Instant now) {
        String group = group(application, id);
        String arn = arn(group)
                .orElseThrow(() -> PortolanException.builder(
                                ErrorCode.NOT_FOUND, "there is no record of execution '" + id + "'")
                        .provider(ProviderId.AWS.value())
                        .resource(id.value())
                        .build());
        calls.call(
                "logs:TagResource",
                group,
                () -> logs.get()
                        .tagResource(TagResourceRequest.builder()
                                .resourceArn(arn)
                                .tags(Map.of(RecordTags.CANCELLED, now.toString()))
                                .build()));
    }

    /**
     * Removes a record and its journal. Idempotent.
     *
     * @param id the execution
     */
    public void delete(ExecutionId id) {
        String group = group(application, id);
        try {
            calls.call(
                    "logs:DeleteLogGroup",
                    group,
                    () -> logs.get()
                            .deleteLogGroup(DeleteLogGroupRequest.builder()
                                    .logGroupName(group)
                                    .build()));
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    private Map<String, String> tags(String group) {
        String arn = arn(group).orElse(null);
        if (arn == null) {
            return Map.of();
        }
        try {
            return calls.call(
                            "logs:ListTagsForResource",
                            group,
                            () -> logs.get()
                                    .listTagsForResource(ListTagsForResourceRequest.builder()
                                            .resourceArn(arn)
                                            .build()))
                    .tags();
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Map.of();
            }
            throw e;
        }
    }

    /** Asks only for the first: the ARNs of one account and Region differ in the name alone. */
    private Optional<String> arn(String group) {
        String prefix = arnPrefix;
        if (prefix != null) {
            return Optional.of(prefix + group);
        }
        return groups(group).stream()
                .filter(found -> found.logGroupName().equals(group))
                .findFirst()
                .map(this::arnOf);
    }

    private String arnOf(LogGroup group) {
        String named = group.logGroupArn() == null ? group.arn() : group.logGroupArn();
        String arn = named.endsWith(":*") ? named.substring(0, named.length() - 2) : named;
        if (arn.endsWith(group.logGroupName())) {
            arnPrefix = arn.substring(0, arn.length() - group.logGroupName().length());
        }
        return arn;
    }

    private List<LogGroup> groups(String prefix) {
        List<LogGroup> all = new ArrayList<>();
        String token = null;
        do {
            DescribeLogGroupsRequest request = DescribeLogGroupsRequest.builder()
                    .logGroupNamePrefix(prefix)
                    .limit(PAGE)
                    .nextToken(token)
                    .build();
            DescribeLogGroupsResponse page = calls.call(
                    "logs:DescribeLogGroups", prefix, () -> logs.get().describeLogGroups(request));
            all.addAll(page.logGroups());
            token = page.nextToken();
        } while (token != null);
        return all;
    }
}
