package io.portolan.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplicaTest {
    @Test
    void id_nameAndParse_areInverse() {
        assertThat(ReplicaId.parse("r12-3")).contains(new ReplicaId(12, 3));
        assertThat(new ReplicaId(12, 3).name()).isEqualTo("r12-3");
        assertThat(ReplicaId.parse("web-r1-2")).isEmpty();
    }

    @Test
    void id_longestService_fitsIntoNameServer() {
        String host = new ReplicaId(999_999_999, 1000).host("s".repeat(49));

        assertThat(host.split("\\.")).allMatch(label -> label.length() <= 63);
    }

    @Test
    void text_ofEachState_saysWhy() {
        assertThat(run("running", 0, false, 0, "")).isEqualTo("running");
        assertThat(run("running", 0, false, 1, "")).isEqualTo("running, 1 restart");
        assertThat(run("exited", 3, false, 0, "")).isEqualTo("exited with exit code 3");
        assertThat(run("exited", 137, true, 0, "")).isEqualTo("killed for lack of memory (exit code 137)");
        assertThat(run("restarting", 1, false, 4, ""))
                .isEqualTo("ended with exit code 1, about to be restarted, 4 restarts");
        assertThat(run("created", 0, false, 0, "no such file\n")).isEqualTo("created: no such file");
    }

    private static String run(String state, int exit, boolean oom, int restarts, String error) {
        return new Replica.Run(state, exit, oom, restarts, Instant.EPOCH, error).text();
    }
}
