package io.portolan.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testkit.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The guide of the AWS provider")
class AwsGuideTest {
    @Test
    void settings_everyKey_isInTheTableAsTheCodeSays() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "providers", "aws.md"));

        assertThat(guide).contains(SettingsTable.of(new AwsProvider().configKeys()));
    }
}
