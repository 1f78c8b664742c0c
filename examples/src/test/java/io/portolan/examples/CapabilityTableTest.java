package io.portolan.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.id.ProviderId;
import io.portolan.portability.Capability;
import io.portolan.spi.CloudProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the table of capabilities in the README true; {@code -Dreadme.write=true} writes it. */
class CapabilityTableTest {

    private static final Path README = Path.of("..", "README.md");
    private static final String START = "<!-- capabilities:start -->\n";
    private static final String END = "<!-- capabilities:end -->\n";

    @Test
    void capabilitiesOfTheReadme_always_areThoseOfTheProviders() throws IOException {
        String readme = Files.readString(README);
        int start = readme.indexOf(START) + START.length();
        int end = readme.indexOf(END);
        assertThat(end).as("markers of the table").isGreaterThanOrEqualTo(start);
        String expected = table(providers());
        if (Boolean.getBoolean("readme.write")) {
            Files.writeString(README, readme.substring(0, start) + expected + readme.substring(end));
        } else {
            assertThat(readme.substring(start, end))
                    .as("table in the README; write it with -Dreadme.write=true")
                    .isEqualTo(expected);
        }
    }

    @Test
    void providers_onTheClassPath_includeTheLocalOne() {
        assertThat(providers()).extracting(CloudProvider::id).contains(ProviderId.LOCAL);
    }

    private static List<CloudProvider> providers() {
        return ServiceLoader.load(CloudProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> !(p instanceof FakeOnClassPath))
                .sorted(Comparator.comparing(CloudProvider::id))
                .toList();
    }

    private static String table(List<CloudProvider> providers) {
        StringBuilder text = new StringBuilder("| capability |");
        providers.forEach(p -> text.append(' ').append(p.id()).append(" |"));
        text.append("\n|---|").append(":-:|".repeat(providers.size())).append('\n');
        for (Capability capability : Capability.values()) {
            text.append("| ").append(capability.title()).append(" | ");
            text.append(providers.stream()
                    .map(p -> p.capabilities().has(capability) ? "yes" : "–")
                    .collect(Collectors.joining(" | ")));
            text.append(" |\n");
        }
        return text.toString();
    }
}
