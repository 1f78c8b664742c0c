package io.portolan.local.internal.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** The archive by which secret files get into a container. Exists in memory only. */
final class SecretArchive {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9})(?::(\\d{1,9}))?");
    private static final int OWNER_READS = 0400;
    private static final int ALL_READ = 0444;

    private SecretArchive() {}

    /**
     * Makes the archive, with paths relative to the root.
     *
     * @param files absolute path to content
     * @param user who the container runs as: {@code user[:group]}, null or empty for root
     * @return a tar file
     */
    static byte[] of(Map<String, byte[]> files, @Nullable String user) {
        Owner owner = Owner.of(user);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey().substring(1));
                entry.setSize(file.getValue().length);
                entry.setMode(owner.mode());
                entry.setIds(owner.user(), owner.group());
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an archive in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Who owns a secret file. A user that is a name is known to the image only, so that such a file is readable by all in the container, as
     * Docker's own secrets are.
     */
    private record Owner(int user, int group, int mode) {
        static Owner of(@Nullable String user) {
            if (user == null || user.isBlank() || user.equals("root") || user.startsWith("root:")) {
                return new Owner(0, 0, OWNER_READS);
            }
            Matcher matcher = NUMBERS.matcher(user);
            if (!matcher.matches()) {
                return new Owner(0, 0, ALL_READ);
            }
            int group = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
            return new Owner(Integer.parseInt(matcher.group(1)), group, OWNER_READS);
        }
    }
}
