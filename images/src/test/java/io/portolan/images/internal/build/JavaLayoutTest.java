package io.portolan.images.internal.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.image.FilesBuild;
import io.portolan.image.ImageBuild;
import io.portolan.images.internal.build.Layer.Item;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaLayoutTest {
    @TempDir
    private Path folder;

    private Path jar(String name) throws IOException {
        Path jar = folder.resolve(name);
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            zip.putNextEntry(new JarEntry("x"));
            zip.closeEntry();
        }
        return jar;
    }

    private Path classes(String name, String file) throws IOException {
        Path path = folder.resolve(name).resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "x");
        return folder.resolve(name);
    }

    @Test
    void classpath_keepsItsOrder_jarsAndClassesAreLayersOfTheirOwn() throws IOException {
        FilesBuild build = ImageBuild.java(
                        "com.acme.Main",
                        jar("z.jar"),
                        classes("main", "com/acme/Main.class"),
                        jar("lib/a.jar"),
                        jar("other/a.jar"),
                        classes("resources", "app.properties"))
                .jvmOptions("-Xss1m", "-ea")
                .named("x", "1");
        BuildInputs inputs = BuildInputs.of(build);

        assertThat(inputs.entrypoint())
                .containsExactly(
                        "java",
                        "-Xss1m",
                        "-ea",
                        "-cp",
                        "/app/libs/z.jar:/app/classes:/app/libs/a.jar:/app/libs/a-2.jar:/app/classes-2",
                        "com.acme.Main");
        assertThat(inputs.base().text()).isEqualTo(FilesBuild.DEFAULT_JAVA_BASE);
        assertThat(inputs.layers()).extracting(Layer::name).containsExactly("libs", "classes");
        assertThat(inputs.layers().get(0).files())
                .extracting(Item::destination)
                .containsExactly("/app/libs/a-2.jar", "/app/libs/a.jar", "/app/libs/z.jar");
        assertThat(inputs.layers().get(1).files())
                .extracting(Item::destination)
                .contains("/app/classes/com/acme/Main.class", "/app/classes-2/app.properties");
    }
}
