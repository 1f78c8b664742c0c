package io.portolan.spi;

import io.portolan.run.LogLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some lines of one source.
 *
 * @param lines in their order
 * @param positions for each line the position after it, so that a reader who stops in the middle loses and repeats nothing
 * @param hasMore whether another page can be read at once
 * @param complete whether the source is over and this was its last page
 */
public record LogPage(List<LogLine> lines, List<String> positions, boolean hasMore, boolean complete) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there is not one position for each line
     */
    public LogPage {
        lines = List.copyOf(lines);
        positions = List.copyOf(positions);
        if (lines.size() != positions.size()) {
            throw new IllegalArgumentException(
                    lines.size() + " lines have " + positions.size() + " positions; give one for each");
        }
    }

    /**
     * The position after the last line.
     *
     * @param before the position that the page was read from
     * @return that position if the page is empty
     */
    public @Nullable String lastPosition(@Nullable String before) {
        return positions.isEmpty() ? before : positions.get(positions.size() - 1);
    }
}
