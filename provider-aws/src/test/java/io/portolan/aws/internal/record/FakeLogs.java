package io.portolan.aws.internal.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceResponse;

/** Log groups in memory, with the errors of the service. One event per page, so that paging is tested. */
public final class FakeLogs implements CloudWatchLogsClient {
    private static final String ARN = "arn:aws:logs:eu-central-1:123456789012:log-group:";

    /** Names of the requests that were made. */
    public final List<String> requests = new ArrayList<>();

    /** Whether a group that was made can be seen. */
    public boolean isVisible = true;

    /** The error code of every PutLogEvents; empty for none. */
    public String putError = "";

    private final List<String> made = new ArrayList<>();
    private final Map<String, Map<String, String>> groups = new TreeMap<>();
    private final Map<String, List<String>> streams = new LinkedHashMap<>();

    /** The lines of an execution's journal. */
    public List<String> lines(String group) {
        return streams.getOrDefault(group, List.of());
    }

    @Override
    public CreateLogGroupResponse createLogGroup(CreateLogGroupRequest request) {
        requests.add("CreateLogGroup");
        if (groups.putIfAbsent(request.logGroupName(), new LinkedHashMap<>(request.tags())) != null) {
            throw error("ResourceAlreadyExistsException");
        }
        made.add(request.logGroupName());
        return CreateLogGroupResponse.builder().build();
    }

    @Override
    public CreateLogStreamResponse createLogStream(CreateLogStreamRequest request) {
        requests.add("CreateLogStream");
        if (!groups.containsKey(request.logGroupName())) {
            throw error("ResourceNotFoundException");
        }
        if (streams.putIfAbsent(request.logGroupName(), new ArrayList<>()) != null) {
            throw error("ResourceAlreadyExistsException");
        }
        return CreateLogStreamResponse.builder().build();
    }

    @Override
    public DeleteLogGroupResponse deleteLogGroup(DeleteLogGroupRequest request) {
        requests.add("DeleteLogGroup");
        streams.remove(request.logGroupName());
        if (groups.remove(request.logGroupName()) == null) {
            throw error("ResourceNotFoundException");
        }
        return DeleteLogGroupResponse.builder().build();
    }

    @Override
    public DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest request) {
        requests.add("DescribeLogGroups");
        List<LogGroup> found = groups.keySet().stream()
                .filter(name -> isVisible && name.startsWith(request.logGroupNamePrefix()))
                .map(name -> LogGroup.builder()
                        .logGroupName(name)
                        .arn(ARN + name + ":*")
                        .creationTime((long) made.indexOf(name))
                        .build())
                .toList();
        int at = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        return DescribeLogGroupsResponse.builder()
                .logGroups(found.subList(Math.min(at, found.size()), Math.min(at + 1, found.size())))
                .nextToken(at + 1 < found.size() ? Integer.toString(at + 1) : null)
                .build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        requests.add("ListTagsForResource");
        return ListTagsForResourceResponse.builder()
                .tags(tags(request.resourceArn()))
                .build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        requests.add("TagResource");
        tags(request.resourceArn()).putAll(request.tags());
        return TagResourceResponse.builder().build();
    }

    @Override
    public PutLogEventsResponse putLogEvents(PutLogEventsRequest request) {
        requests.add("PutLogEvents");
        if (!putError.isEmpty()) {
            throw error(putError);
        }
        List<String> stream = streams.get(request.logGroupName());
        if (stream == null) {
            throw error("ResourceNotFoundException");
        }
        request.logEvents().stream().map(InputLogEvent::message).forEach(stream::add);
        return PutLogEventsResponse.builder().build();
    }

    @Override
    public GetLogEventsResponse getLogEvents(GetLogEventsRequest request) {
        requests.add("GetLogEvents");
        List<String> stream = streams.get(request.logGroupName());
        if (stream == null) {
            throw error("ResourceNotFoundException");
        }
        int at = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int next = Math.min(at + 1, stream.size());
        return GetLogEventsResponse.builder()
                .events(stream.subList(at, next).stream()
                        .map(line -> OutputLogEvent.builder().message(line).build())
                        .toList())
                .nextForwardToken(Integer.toString(next))
                .build();
    }

    private Map<String, String> tags(String arn) {
        Map<String, String> tags = groups.get(arn.substring(ARN.length()));
        if (tags == null || !isVisible) {
            throw error("ResourceNotFoundException");
        }
        return tags;
    }

    private static CloudWatchLogsException error(String code) {
        return (CloudWatchLogsException) CloudWatchLogsException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(code)
                        .build())
                .statusCode(400)
                .build();
    }

    @Override
    public String serviceName() {
        return "logs";
    }

    @Override
    public void close() {}
}
