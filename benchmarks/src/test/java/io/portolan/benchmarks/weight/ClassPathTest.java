package io.portolan.benchmarks.weight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
    @TempDir
    private Path folder;

    private String jar(String name, int bytes) throws IOException {
        return Files.write(folder.resolve(name), new byte[bytes]).toString();
    }

    private ClassPath read(String... jars) throws IOException {
        return ClassPath.read(
                Files.writeString(folder.resolve("class-path"), String.join(File.pathSeparator, jars) + "\n"));
    }

    @Test
    void classPath_withoutThatOfAnother_hasWhatOnlyItBrings() throws IOException {
        ClassPath provider = read(jar("ecs-2.jar", 300), jar("slf4j-api-2.jar", 50), jar("retries-2.jar", 20));
        ClassPath core = read(jar("slf4j-api-2.jar", 50));

        assertThat(provider.without(core).jars()).isEqualTo(Map.of("ecs-2.jar", 300L, "retries-2.jar", 20L));
        assertThat(provider.without(core).bytes()).isEqualTo(320);
    }

    @Test
    void classPath_withModulesOfThisProject_leavesThemOut() throws IOException {
        assertThat(read(jar("portolan-core-1.jar", 10)).jars()).isEmpty();
    }

    @Test
    void classPath_ofAModuleThatInheritsNothing_isEmpty() throws IOException {
        assertThat(read().bytes()).isZero();
    }
}
