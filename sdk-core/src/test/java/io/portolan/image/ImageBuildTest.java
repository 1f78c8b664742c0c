package io.portolan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.portolan.error.InvalidSpecException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageBuildTest {
    private static final Path CONTEXT = Path.of("etl");

    @Test
    void dockerfile_nothingSet_hasDefaults() {
        DockerfileBuild build = ImageBuild.dockerfile(CONTEXT);

        assertThat(build.context()).isEqualTo(CONTEXT);
        assertThat(build.dockerfile()).isEqualTo("Dockerfile");
        assertThat(build.buildArgs()).isEmpty();
        assertThat(build.stage()).isEmpty();
        assertThat(build.architecture()).isEmpty();
        assertThat(build.noCache()).isFalse();
    }

    @Test
    void dockerfile_eachSetting_isKeptByTheOthers() {
        DockerfileBuild build = ImageBuild.dockerfile(CONTEXT)
                .named("acme/etl", "1.4")
                .dockerfile("docker/Dockerfile")
                .buildArg("A", "1")
                .buildArg("B", "2")
                .stage("test")
                .architecture(Architecture.ARM64)
                .noCache(true)
                .named("acme/etl", "1.5");

        assertThat(build.target()).hasToString("acme/etl:1.5");
        assertThat(build.dockerfile()).isEqualTo("docker/Dockerfile");
        assertThat(build.buildArgs()).containsExactly(Map.entry("A", "1"), Map.entry("B", "2"));
        assertThat(build.stage()).contains("test");
        assertThat(build.architecture()).contains(Architecture.ARM64);
        assertThat(build.noCache()).isTrue();
        assertThat(build.context()).isEqualTo(CONTEXT);
    }

    @Test
    void dockerfile_settings_leaveTheOriginalAsItWas() {
        DockerfileBuild original = ImageBuild.dockerfile(CONTEXT).buildArg("A", "1");
        original.buildArg("B", "2").noCache(true);

        assertThat(original.buildArgs()).containsOnlyKeys("A");
        assertThat(original.noCache()).isFalse();
    }

    @Test
    void builds_withoutName_saySo() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> ImageBuild.dockerfile(CONTEXT).target())
                .withMessage("image build of etl has 1 violation:\n"
                        + "  target was '' but is required; call named(\"etl\", \"1.4\")");
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> ImageBuild.files("scratch").target())
                .withMessageStartingWith("image build on scratch has 1 violation:\n  target was ''");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageBuild.dockerfile(CONTEXT).named("Etl", "1"));
    }

    @Test
    void java_nothingSet_hasDefaults() {
        FilesBuild build = ImageBuild.java("com.acme.Etl", Path.of("a.jar"), Path.of("classes"));

        assertThat(build.base()).isEqualTo("eclipse-temurin:17-jre");
        assertThat(build.mainClass()).contains("com.acme.Etl");
        assertThat(build.classpath()).containsExactly(Path.of("a.jar"), Path.of("classes"));
        assertThat(build.entries()).isEmpty();
        assertThat(build.entrypoint()).isEmpty();
        assertThat(build.jvmOptions()).isEmpty();
        assertThat(build.env()).isEmpty();
        assertThat(build.labels()).isEmpty();
        assertThat(build.user()).isEmpty();
        assertThat(build.workingDirectory()).isEmpty();
        assertThat(build.architecture()).isEmpty();
    }

    @Test
    void files_eachSetting_isKeptByTheOthers() {
        FilesBuild.Entry script = new FilesBuild.Entry(Path.of("run.sh"), "/run.sh", 0755);
        FilesBuild build = ImageBuild.files("scratch")
                .named("acme/files", "1")
                .add(Path.of("data"), "/data")
                .add(script)
                .entrypoint("/run.sh", "-v")
                .jvmOptions("-Xmx1g")
                .env("A", "1")
                .label("l", "2")
                .user("1000")
                .workingDirectory("/data")
                .architecture(Architecture.AMD64)
                .base("tar:/tmp/base.tar");

        assertThat(build.target()).hasToString("acme/files:1");
        assertThat(build.base()).isEqualTo("tar:/tmp/base.tar");
        assertThat(build.entries()).containsExactly(new FilesBuild.Entry(Path.of("data"), "/data", null), script);
        assertThat(build.entrypoint()).containsExactly("/run.sh", "-v");
        assertThat(build.jvmOptions()).containsExactly("-Xmx1g");
        assertThat(build.env()).containsExactly(Map.entry("A", "1"));
        assertThat(build.labels()).containsExactly(Map.entry("l", "2"));
        assertThat(build.user()).contains("1000");
        assertThat(build.workingDirectory()).contains("/data");
        assertThat(build.architecture()).contains(Architecture.AMD64);
        assertThat(build.mainClass()).isEmpty();
        assertThat(build.classpath()).isEmpty();
    }

    @Test
    void files_settings_leaveTheOriginalAsItWas() {
        FilesBuild original = ImageBuild.files("scratch").env("A", "1").add(Path.of("a"), "/a");
        original.env("B", "2").label("l", "1").add(Path.of("b"), "/b");

        assertThat(original.env()).containsOnlyKeys("A");
        assertThat(original.labels()).isEmpty();
        assertThat(original.entries()).hasSize(1);
    }

    @Test
    void image_withoutManifest_hasNoDigest() {
        ImageReference reference = ImageReference.parse("a:b");
        assertThat(new Image(reference, "sha256:1", Architecture.AMD64, null).digest())
                .isEmpty();
        assertThat(new Image(reference, "sha256:1", Architecture.AMD64, "sha256:2").digest())
                .contains("sha256:2");
        assertThat(Architecture.ARM64.ociName()).isEqualTo("arm64");
    }

    @Test
    void credentials_asText_hideThePassword() {
        RegistryCredentials credentials = new RegistryCredentials("AWS", "hunter2");

        assertThat(credentials).hasToString("RegistryCredentials[username=AWS, password=***]");
        assertThat(credentials.password()).isEqualTo("hunter2");
        assertThat(new BuildEvent("STEP 1/2", "FROM x").step()).isEqualTo("STEP 1/2");
    }
}
