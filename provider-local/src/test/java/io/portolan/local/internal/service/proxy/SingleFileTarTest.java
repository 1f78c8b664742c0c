package io.portolan.local.internal.service.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SingleFileTarTest {
    @Test
    void of_file_hasHeaderContentAndEnd() {
        byte[] tar = SingleFileTar.of("a.cfg", "x".repeat(513));

        assertThat(tar).hasSize(512 + 1024 + 1024);
        assertThat(text(tar, 0, 5)).isEqualTo("a.cfg");
        assertThat(text(tar, 100, 7)).isEqualTo("0000644");
        assertThat(text(tar, 124, 11)).isEqualTo("00000001001"); // 513 in octal
        assertThat(text(tar, 257, 5)).isEqualTo("ustar");
        assertThat(text(tar, 512, 513)).isEqualTo("x".repeat(513));
    }

    @Test
    void of_file_checksumIsSumOfHeaderWithBlanks() {
        byte[] tar = SingleFileTar.of("a.cfg", "hello");

        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? ' ' : tar[i];
        }
        assertThat(Integer.parseInt(text(tar, 148, 6), 8)).isEqualTo(sum);
    }

    private static String text(byte[] tar, int from, int length) {
        return new String(tar, from, length, StandardCharsets.US_ASCII);
    }
}
