package io.portolan.images.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SharedLibrariesTest {
    @Test
    void lddOutput_namesLibrariesLinkerAndMissingOnes() {
        Set<Path> files = new TreeSet<>();
        Set<String> missing = new TreeSet<>();
        SharedLibraries.parse("""
                \tlinux-vdso.so.1 (0x00007ffd0a9f2000)
                \tlibz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x00007f0000000000)
                \tlibgone.so.3 => not found
                \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f0000200000)
                \t/lib64/ld-linux-x86-64.so.2 (0x00007f0000400000)
                """, files, missing);

        assertThat(files)
                .containsExactlyInAnyOrder(
                        Path.of("/lib/x86_64-linux-gnu/libz.so.1"),
                        Path.of("/lib/x86_64-linux-gnu/libc.so.6"),
                        Path.of("/lib64/ld-linux-x86-64.so.2"));
        assertThat(missing).containsExactly("libgone.so.3");
    }

    @Test
    void staticProgram_needsNothing() {
        Set<Path> files = new TreeSet<>();
        Set<String> missing = new TreeSet<>();
        SharedLibraries.parse("\tnot a dynamic executable\n", files, missing);

        assertThat(files).isEmpty();
        assertThat(missing).isEmpty();
    }
}
