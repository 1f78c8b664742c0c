package io.portolan.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testkit.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The guide of the Google Cloud provider")
class GcpGuideTest {
    @Test
    void settings_everyKey_isInTheTableAsTheCodeSays() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "providers", "gcp.md"));

        assertThat(guide).contains(SettingsTable.of(new GcpProvider().configKeys()));
    }
}
