package io.portolan.examples.quickstart;

import io.portolan.Cloud;
import io.portolan.error.PortolanException;
import io.portolan.examples.weather.WeatherProgram;
import io.portolan.image.BuildEvent;
import io.portolan.image.FilesBuild;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.images.HostJavaBase;
import io.portolan.images.ImageCache;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first step of work: the program as an image. */
final class WeatherImage {

    private final Cloud cloud;
    private final Progress progress;

    WeatherImage(Cloud cloud, Progress progress) {
        this.cloud = cloud;
        this.progress = progress;
    }

    /** Builds on the given base; on a pulled one, or one made here, if there is none. */
    Image build(@Nullable String base) {
        FilesBuild program = ImageBuild.java(WeatherProgram.class.getName(), classes())
                .named(cloud.application() + "/weather", "1")
                .jvmOptions("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        if (base != null) {
            return cloud.images().build(program.base(base), this::show);
        }
        try {
            return cloud.images().build(program, this::show);
        } catch (PortolanException e) {
            progress.say(
                    "%s cannot be used here (%s: %s)",
                    program.base(), e.code(), firstLine(String.valueOf(e.getMessage())));
            progress.say("making a base from the JDK of this machine, once");
            return cloud.images().build(program.base(hostBase()), this::show);
        }
    }

    private String hostBase() {
        return HostJavaBase.of(ImageCache.ofUser())
                .modules(Set.of("java.base", "jdk.httpserver"))
                .base(this::show);
    }

    private void show(BuildEvent event) {
        progress.say("%s: %s", event.step(), firstLine(event.message()));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** The directory or jar that this program runs from. */
    private static Path classes() {
        try {
            return Path.of(WeatherProgram.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot tell where this program is", e);
        }
    }
}
