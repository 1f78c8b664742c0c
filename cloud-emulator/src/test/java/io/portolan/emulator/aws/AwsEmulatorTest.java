package io.portolan.emulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class AwsEmulatorTest {
    private final AwsEmulator aws = new AwsEmulator();

    @Test
    void secret_byItsName_isFoundByAllItsArns() {
        aws.secret("db", "{\"password\":\"p\"}").secret("/app/key", "k");
        String arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";

        assertThat(aws.findSecret(arn)).contains("{\"password\":\"p\"}");
        assertThat(aws.findSecret(arn + ":password::")).contains("p");
        assertThat(aws.findSecret(arn + ":user::")).isEmpty();
        assertThat(aws.findSecret("arn:aws:ssm:us-east-1:123456789012:parameter/app/key"))
                .contains("k");
        assertThat(aws.findSecret("/app/key")).contains("k");
        assertThat(aws.findSecret("other")).isEmpty();
    }

    @Test
    void model_ofAService_findsAllViolations() throws Exception {
        var input = new ObjectMapper().readTree("""
                        {"family":7,"networkMode":"tube","colour":"red","tags":[{"key":"%s"}],
                         "containerDefinitions":[{"name":"a","healthCheck":{}}]}""".formatted("x".repeat(129)));

        assertThat(AwsModel.of("ecs").violations("RegisterTaskDefinition", input))
                .containsExactlyInAnyOrder(
                        "family must be text",
                        "networkMode must be one of [\"bridge\",\"host\",\"awsvpc\",\"none\"]",
                        "colour is not a member",
                        "tags[0].key must have at most 128 characters",
                        "containerDefinitions[0].healthCheck.command must not be null");
        assertThat(AwsModel.of("logs").has("GetLogEvents")).isTrue();
        assertThat(AwsModel.of("ecr").targetPrefix()).isEqualTo("AmazonEC2ContainerRegistry_V20150921");
    }
}
