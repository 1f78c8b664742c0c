package io.portolan.local.internal.service.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An archive with one small file, as the engine takes it to put a file into a container. */
final class SingleFileTar {
    private static final int BLOCK = 512;
    private static final String MODE_READABLE = "0000644\0";
    private static final String ROOT = "0000000\0";

    private SingleFileTar() {}

    /**
     * Packs a file.
     *
     * @param name its name, at most 99 ASCII characters
     * @param content its content
     * @return the archive, which the caller owns
     */
    static byte[] of(String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        int blocks = (bytes.length + BLOCK - 1) / BLOCK;
        byte[] tar = new byte[(1 + blocks + 2) * BLOCK]; // header, content, end mark
        put(tar, 0, name);
        put(tar, 100, MODE_READABLE);
        put(tar, 108, ROOT);
        put(tar, 116, ROOT);
        put(tar, 124, octal(bytes.length));
        put(tar, 136, octal(0)); // a fixed time: the archive depends on nothing but its content
        tar[156] = '0'; // a regular file
        put(tar, 257, "ustar\00000");
        Arrays.fill(tar, 148, 156, (byte) ' '); // the checksum is taken with blanks in its place
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += tar[i] & 0xff;
        }
        put(tar, 148, "%06o\0 ".formatted(sum));
        System.arraycopy(bytes, 0, tar, BLOCK, bytes.length);
        return tar;
    }

    private static String octal(long value) {
        return "%011o\0".formatted(value);
    }

    private static void put(byte[] tar, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, tar, at, bytes.length);
    }
}
