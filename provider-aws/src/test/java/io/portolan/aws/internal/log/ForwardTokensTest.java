package io.portolan.aws.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForwardTokensTest {
    private final ForwardTokens tokens = new ForwardTokens();

    private static ForwardTokens.Key key(String stream, int events) {
        return new ForwardTokens.Key(stream, new Position(1000, events));
    }

    private static ForwardTokens.Forward forward(String token) {
        return new ForwardTokens.Forward(null, token, 0);
    }

    @Test
    void moved_forgetsThePositionBefore() {
        tokens.moved(key("a", 0), key("a", 1), forward("one"));
        tokens.moved(key("a", 1), key("a", 2), forward("two"));

        assertThat(tokens.find(key("a", 1))).isEmpty();
        assertThat(tokens.find(key("a", 2))).contains(forward("two"));
        assertThat(tokens.size()).isEqualTo(1);
    }

    @Test
    void moved_manyStreams_keepsThoseReadLast() {
        for (int i = 0; i < 2000; i++) {
            tokens.moved(key("stream-" + i, 0), key("stream-" + i, 1), forward("t"));
            tokens.find(key("stream-0", 1));
        }

        assertThat(tokens.size()).isEqualTo(1024);
        assertThat(tokens.find(key("stream-0", 1))).isPresent();
        assertThat(tokens.find(key("stream-1", 1))).isEmpty();
        assertThat(tokens.find(key("stream-1999", 1))).isPresent();
    }
}
