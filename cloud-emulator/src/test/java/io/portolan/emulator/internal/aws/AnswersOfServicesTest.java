package io.portolan.emulator.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.aws.AwsModel;
import io.portolan.emulator.internal.aws.ecr.EcrService;
import io.portolan.emulator.internal.aws.logs.LogsService;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Real clients overlook members that they do not know, so the answers are held against the official models. */
class AnswersOfServicesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final EmulatorClock clock = EmulatorClock.manual();

    @Test
    void answersOfLogs_fitTheModel() throws JsonProcessingException {
        LogsService logs = new LogsService(new AwsEmulator(), clock);
        long now = clock.millis();

        fits(logs, "CreateLogGroup", "{'logGroupName':'/app','tags':{'a':'1'}}");
        fits(logs, "PutRetentionPolicy", "{'logGroupName':'/app','retentionInDays':30}");
        fits(logs, "DescribeLogGroups", "{'logGroupNamePrefix':'/'}");
        fits(logs, "ListTagsForResource", "{'resourceArn':'arn:aws:logs:us-east-1:123456789012:log-group:/app'}");
        fits(logs, "CreateLogStream", "{'logGroupName':'/app','logStreamName':'a'}");
        fits(
                logs,
                "PutLogEvents",
                "{'logGroupName':'/app','logStreamName':'a','logEvents':[{'timestamp':%d,'message':'1'},{'timestamp':%d,'message':'2'}]}"
                        .formatted(now - Duration.ofDays(20).toMillis(), now));
        fits(logs, "DescribeLogStreams", "{'logGroupIdentifier':'/app'}");
        fits(logs, "GetLogEvents", "{'logGroupName':'/app','logStreamName':'a','startFromHead':true}");
        fits(logs, "FilterLogEvents", "{'logGroupName':'/app','startFromHead':false}");
        fits(logs, "DeleteLogStream", "{'logGroupName':'/app','logStreamName':'a'}");
        fits(logs, "DeleteLogGroup", "{'logGroupName':'/app'}");
    }

    @Test
    void answersOfEcr_fitTheModel() throws JsonProcessingException {
        EcrService ecr = new EcrService(clock, null);

        fits(ecr, "CreateRepository", "{'repositoryName':'app','tags':[{'Key':'a','Value':'1'}]}");
        fits(ecr, "DescribeRepositories", "{}");
        fits(ecr, "GetAuthorizationToken", "{}");
        fits(ecr, "ListTagsForResource", "{'resourceArn':'arn:aws:ecr:us-east-1:123456789012:repository/app'}");
        fits(
                ecr,
                "PutImageTagMutability",
                "{'repositoryName':'app','imageTagMutability':'MUTABLE_WITH_EXCLUSION',"
                        + "'imageTagMutabilityExclusionFilters':[{'filterType':'WILDCARD','filter':'v*'}]}");
        fits(
                ecr,
                "PutImage",
                "{'repositoryName':'app','imageTag':'1','imageManifest':'{}','imageManifestMediaType':'text/plain'}");
        fits(ecr, "DescribeImages", "{'repositoryName':'app'}");
        fits(ecr, "ListImages", "{'repositoryName':'app'}");
        fits(ecr, "BatchGetImage", "{'repositoryName':'app','imageIds':[{'imageTag':'1'},{'imageTag':'2'},{}]}");
        fits(ecr, "BatchDeleteImage", "{'repositoryName':'app','imageIds':[{'imageTag':'1'},{'imageTag':'2'}]}");
        fits(ecr, "DeleteRepository", "{'repositoryName':'app'}");
    }

    private static void fits(JsonService service, String operation, String input) throws JsonProcessingException {
        ObjectNode read = (ObjectNode) MAPPER.readTree(input.replace('\'', '"'));
        AwsModel model = AwsModel.of(service.name());
        assertThat(model.violations(operation, read)).as(operation).isEmpty();
        ObjectNode output = service.call(operation, read);
        assertThat(model.responseViolations(operation, output))
                .as(operation + " " + output)
                .isEmpty();
    }
}
