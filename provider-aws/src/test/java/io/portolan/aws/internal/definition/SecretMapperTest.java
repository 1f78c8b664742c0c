package io.portolan.aws.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.spec.SecretRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretMapperTest {
    private static final AwsSettings SETTINGS = AwsSettings.of(Configs.with(
            "secrets.db", "arn:aws:secretsmanager:eu-central-1:1:secret:prod/db-Ab12Cd:password::",
            "secrets.key", "ssm:api-key"));

    @ParameterizedTest
    @CsvSource({
        "db, , arn:aws:secretsmanager:eu-central-1:1:secret:prod/db-Ab12Cd:password::",
        "db, AWSPREVIOUS, arn:aws:secretsmanager:eu-central-1:1:secret:prod/db-Ab12Cd:password:AWSPREVIOUS:",
        "key, , api-key",
        "ssm:other, , other",
        "/shop/token, , /shop/token",
        "arn:aws:ssm:eu-west-1:1:parameter/x, , arn:aws:ssm:eu-west-1:1:parameter/x",
        "plain, , arn:aws:secretsmanager:eu-central-1:123456789012:secret:plain",
        "plain, AWSCURRENT, arn:aws:secretsmanager:eu-central-1:123456789012:secret:plain::AWSCURRENT:",
        "plain, 0123456789abcdef0123456789abcdef,"
                + " arn:aws:secretsmanager:eu-central-1:123456789012:secret:plain:::0123456789abcdef0123456789abcdef"
    })
    void valueFrom_reference_isItsPlace(String name, String version, String place) {
        SecretRef secret = SecretRef.named(name);

        assertThat(SecretMapper.valueFrom(version == null ? secret : secret.version(version), SETTINGS, "eu-central-1"))
                .contains(place);
    }

    @Test
    void valueFrom_regionOfAnotherPartition_isInItsArn() {
        assertThat(SecretMapper.valueFrom(SecretRef.named("a"), SETTINGS, "cn-north-1"))
                .hasValueSatisfying(arn -> assertThat(arn).startsWith("arn:aws-cn:secretsmanager:cn-north-1:"));
    }

    @Test
    void valueFrom_bareNameWithoutAccount_orVersionOfAParameter_isNowhere() {
        AwsSettings none = AwsSettings.of(Configs.with("account", ""));

        assertThat(SecretMapper.valueFrom(SecretRef.named("a"), none, "eu-central-1"))
                .isEmpty();
        assertThat(SecretMapper.valueFrom(SecretRef.named("ssm:a").version("3"), none, "eu-central-1"))
                .isEmpty();
    }
}
