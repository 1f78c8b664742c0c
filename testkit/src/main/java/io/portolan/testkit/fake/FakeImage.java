package io.portolan.testkit.fake;

import io.portolan.image.Image;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image that the platform knows.
 *
 * @param image its names and digests
 * @param program what it does, null for the platform's default program
 * @param content what is in it
 */
record FakeImage(Image image, @Nullable FakeProgram program, Content content) {
    /**
     * What is in an image.
     *
     * @param files absolute path to content
     * @param entrypoint the command, empty for none
     * @param env its variables
     */
    record Content(Map<String, byte[]> files, List<String> entrypoint, Map<String, String> env) {
        static final Content NONE = new Content(Map.of(), List.of(), Map.of());

        Content {
            files = Map.copyOf(files);
            entrypoint = List.copyOf(entrypoint);
            env = Map.copyOf(env);
        }
    }

    FakeImage as(Image other) {
        return new FakeImage(other, program, content);
    }
}
