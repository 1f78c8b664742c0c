package io.portolan;

import io.portolan.rules.CodeRules;
import io.portolan.rules.ModuleRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends ModuleRules {

    @Test
    void core_always_dependsOnWhatTheDesignNames() {
        CodeRules.dependsOnlyOn(
                        "io.portolan..",
                        "java..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "io.github.resilience4j..",
                        "io.smallrye.config..",
                        "org.eclipse.microprofile.config..",
                        "org.yaml.snakeyaml..")
                .check(classes());
    }
}
