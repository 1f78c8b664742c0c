package io.portolan.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnerTest {
    @Test
    void mayLive_thisProcess_isTrue() {
        assertThat(Owner.mayLive(Owner.current())).isTrue();
    }

    @Test
    void mayLive_sameIdWithAnotherStart_isFalse() {
        String[] parts = Owner.current().split("/", -1);

        assertThat(Owner.mayLive(parts[0] + "/" + parts[1] + "/12345")).isFalse();
    }

    @Test
    void mayLive_noSuchProcess_isFalse() {
        String host = Owner.current().split("/", -1)[0];

        assertThat(Owner.mayLive(host + "/999999999999/12345")).isFalse();
    }

    @Test
    void mayLive_anotherMachineOrNonsense_cannotBeKnown() {
        assertThat(Owner.mayLive("elsewhere.example/1/12345")).isTrue();
        assertThat(Owner.mayLive("")).isTrue();
    }
}
