package io.portolan.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.spi.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The guide of the local provider")
class LocalGuideTest {
    private static String row(ConfigKey key) {
        return "| `" + key.name() + "` | " + key.type().name().toLowerCase(Locale.ROOT) + " | "
                + key.defaultText().map(text -> "`" + text + "`").orElse("") + " | " + key.description() + " |";
    }

    @Test
    void settings_everyKey_isInTheTableAsTheCodeSays() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "providers", "local.md"));

        assertThat(new LocalProvider().configKeys())
                .allSatisfy(key -> assertThat(guide).contains(row(key)));
    }
}
