package io.portolan.aws.internal.job;

import io.portolan.run.StopReason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The reason that the SDK gives to ECS when it stops a task, and that ECS shows as the reason of its end. Pure. */
final class StopText {
    private static final String MARK = "portolan:";

    private StopText() {}

    static String of(StopReason reason) {
        return MARK
                + reason
                + (reason == StopReason.TIMEOUT
                        ? " the attempt ran longer than the job allows"
                        : " the execution was cancelled");
    }

    /** Null if the text is not the SDK's: someone else stopped the task, or it ended by itself. */
    static @Nullable StopReason read(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(StopReason.values())
                .filter(reason -> text.contains(MARK + reason))
                .findFirst()
                .orElse(null);
    }
}
