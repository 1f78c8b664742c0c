package io.portolan.aws.internal.log;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

/**
 * Makes the log group that containers write to, because without it their tasks do not start. A group that others made is left as it is:
 * its logs are not ours to delete. Asks once per connection. Thread-safe.
 */
public final class LogGroups {
    private static final Logger LOG = LoggerFactory.getLogger(LogGroups.class);

    private final Supplier<CloudWatchLogsClient> client;
    private final AwsCalls calls;
    private final Map<String, String> tags;
    private final Set<String> ensured = new HashSet<>();

    /**
     * Nothing is asked yet.
     *
     * @param client gives the client at its first use
     * @param calls makes the requests
     * @param tags what marks a group as made here
     */
    public LogGroups(Supplier<CloudWatchLogsClient> client, AwsCalls calls, Map<String, String> tags) {
        this.client = Objects.requireNonNull(client, "client");
        this.calls = Objects.requireNonNull(calls, "calls");
        this.tags = Map.copyOf(tags);
    }

    /**
     * Makes the group if there is none.
     *
     * @param group its name
     * @param retentionDays how long it keeps logs, one of {@link LogRetention}
     */
    public synchronized void ensure(String group, int retentionDays) {
        if (ensured.contains(group)) {
            return;
        }
        LogRetention.check(retentionDays);
        if (create(group) || isOursWithoutRetention(group)) {
            calls.call(
                    "logs:PutRetentionPolicy",
                    group,
                    () -> client.get()
                            .putRetentionPolicy(r -> r.logGroupName(group).retentionInDays(retentionDays)));
        }
        ensured.add(group);
    }

    private boolean create(String group) {
        try {
            calls.call(
                    "logs:CreateLogGroup",
                    group,
                    () -> client.get().createLogGroup(r -> r.logGroupName(group).tags(tags)));
            return true;
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.ALREADY_EXISTS) {
                return false;
            }
            throw e;
        }
    }

    /** Who made it may have been stopped before it set the retention; then logs would be kept for ever. */
    private boolean isOursWithoutRetention(String group) {
        try {
            return calls
                    .call(
                            "logs:DescribeLogGroups",
                            group,
                            () -> client.get().describeLogGroups(r -> r.logGroupNamePrefix(group)))
                    .logGroups()
                    .stream()
                    .filter(found -> group.equals(found.logGroupName()))
                    .findFirst()
                    .filter(found -> found.retentionInDays() == null && isOurs(found))
                    .isPresent();
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.PERMISSION_DENIED) {
                throw e;
            }
            LOG.debug("the retention of log group '{}' cannot be read and is left as it is", group, e);
            return false;
        }
    }

    private boolean isOurs(LogGroup group) {
        String arn = arn(group);
        return calls.call(
                        "logs:ListTagsForResource",
                        arn,
                        () -> client.get().listTagsForResource(r -> r.resourceArn(arn)))
                .tags()
                .entrySet()
                .containsAll(tags.entrySet());
    }

    /** Tags are of the group's ARN without the {@code :*} that stands for its streams. */
    private static String arn(LogGroup group) {
        String arn = group.logGroupArn() == null ? String.valueOf(group.arn()) : group.logGroupArn();
        return arn.endsWith(":*") ? arn.substring(0, arn.length() - 2) : arn;
    }
}
