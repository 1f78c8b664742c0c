package io.portolan.local.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.PushResponseItem;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EngineStreamTest {
    private final List<PushResponseItem> lines = new ArrayList<>();
    private final EngineStream<PushResponseItem> stream = new EngineStream<>(lines::add);

    private static PushResponseItem line(String json) throws Exception {
        return new ObjectMapper().readValue(json, PushResponseItem.class);
    }

    @Test
    void errorAmongTheLines_isTheResult_andTheFirstCounts() throws Exception {
        stream.onNext(line("{\"status\":\"Preparing\"}"));
        stream.onNext(line("{\"errorDetail\":{\"message\":\"refused\"},\"error\":\"refused\"}"));
        stream.onNext(line("{\"errorDetail\":{\"message\":\"later\"},\"error\":\"later\"}"));
        stream.onComplete();

        assertThat(stream.await("push", "x")).contains("refused");
        assertThat(lines).hasSize(3);
    }

    @Test
    void endWithoutAnError_isNone() {
        stream.onComplete();

        assertThat(stream.await("push", "x")).isEmpty();
    }

    @Test
    void brokenStream_throwsWhatBrokeIt_andClosesTheConnection() {
        AtomicBoolean closed = new AtomicBoolean();
        stream.onStart(() -> closed.set(true));
        IllegalStateException cause = new IllegalStateException("cut");
        stream.onError(cause);

        assertThatThrownBy(() -> stream.await("push", "x")).isSameAs(cause);
        assertThat(closed).isTrue();
    }

    @Test
    void interrupt_endsTheCall_andKeepsTheFlag() {
        AtomicBoolean closed = new AtomicBoolean();
        stream.onStart(() -> closed.set(true));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> stream.await("push", "x"))
                .extracting(e -> ((PortolanException) e).code())
                .isEqualTo(ErrorCode.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(closed).isTrue();
    }
}
