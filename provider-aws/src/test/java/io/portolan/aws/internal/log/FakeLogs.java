package io.portolan.aws.internal.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;

/** CloudWatch Logs in memory: streams that are paged by tokens, and groups. */
final class FakeLogs implements CloudWatchLogsClient {
    final Map<String, List<OutputLogEvent>> streams = new HashMap<>();
    final Map<String, Integer> retention = new HashMap<>();
    final Map<String, Map<String, String>> groups = new HashMap<>();
    final List<GetLogEventsRequest> reads = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    int pageSize = 10_000;
    int emptyPages;
    boolean tokensExpired;

    void add(String stream, long millis, String... messages) {
        for (String message : messages) {
            streams.computeIfAbsent(stream, s -> new ArrayList<>())
                    .add(OutputLogEvent.builder()
                            .timestamp(millis)
                            .message(message)
                            .build());
        }
    }

    @Override
    public GetLogEventsResponse getLogEvents(GetLogEventsRequest request) {
        reads.add(request);
        List<OutputLogEvent> all = streams.get(request.logStreamName());
        if (all == null) {
            throw error("ResourceNotFoundException", "The specified log stream does not exist.");
        }
        if (request.nextToken() != null && tokensExpired) {
            throw error("InvalidParameterException", "The specified nextToken is invalid.");
        }
        int begin = 0;
        String token = request.nextToken() == null ? null : request.nextToken().substring(2);
        if (token != null) {
            begin = Integer.parseInt(token);
        } else if (request.startTime() != null) {
            while (begin < all.size() && all.get(begin).timestamp() < request.startTime()) {
                begin++;
            }
        }
        if (emptyPages > 0) {
            emptyPages--;
            return GetLogEventsResponse.builder()
                    .events(List.of())
                    .nextForwardToken((emptyPages % 2 == 0 ? "g/" : "h/") + begin)
                    .build();
        }
        int end = Math.min(all.size(), begin + Math.min(pageSize, request.limit()));
        return GetLogEventsResponse.builder()
                .events(all.subList(begin, end))
                .nextForwardToken("f/" + end)
                .build();
    }

    @Override
    public CreateLogGroupResponse createLogGroup(CreateLogGroupRequest request) {
        requests.add("CreateLogGroup");
        if (groups.putIfAbsent(request.logGroupName(), Map.copyOf(request.tags())) != null) {
            throw error("ResourceAlreadyExistsException", "The specified log group already exists");
        }
        return CreateLogGroupResponse.builder().build();
    }

    @Override
    public DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest request) {
        requests.add("DescribeLogGroups");
        return DescribeLogGroupsResponse.builder()
                .logGroups(groups.keySet().stream()
                        .filter(name -> name.startsWith(request.logGroupNamePrefix()))
                        .map(name -> LogGroup.builder()
                                .logGroupName(name)
                                .arn("arn:aws:logs:eu-central-1:1:log-group:" + name + ":*")
                                .retentionInDays(retention.get(name))
                                .build())
                        .toList())
                .build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        requests.add("ListTagsForResource");
        String name = request.resourceArn().substring(request.resourceArn().lastIndexOf(':') + 1);
        return ListTagsForResourceResponse.builder().tags(groups.get(name)).build();
    }

    @Override
    public PutRetentionPolicyResponse putRetentionPolicy(PutRetentionPolicyRequest request) {
        requests.add("PutRetentionPolicy");
        retention.put(request.logGroupName(), request.retentionInDays());
        return PutRetentionPolicyResponse.builder().build();
    }

    private static RuntimeException error(String code, String message) {
        return CloudWatchLogsException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .statusCode(400)
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
