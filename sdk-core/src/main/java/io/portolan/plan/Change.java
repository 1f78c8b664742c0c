package io.portolan.plan;

import java.util.Objects;

/**
 * One difference between what is deployed and what the spec asks for.
 *
 * @param kind what is done
 * @param path the field or the thing
 * @param before what is there, empty if nothing
 * @param after what will be there, empty if nothing
 */
public record Change(Kind kind, String path, String before, String after) {
    /** What is done. */
    public enum Kind {
        /** Something new. */
        CREATE,
        /** Changed in place, or by a new revision beside the old one. */
        UPDATE,
        /** Deleted and made again: not there in between. */
        REPLACE,
        /** Gone afterwards. */
        DELETE
    }

    /** Checks for null. */
    public Change {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    @Override
    public String toString() {
        return switch (kind) {
            case CREATE -> "+ " + path + ": " + after;
            case UPDATE -> "~ " + path + ": " + before + " -> " + after;
            case REPLACE -> "-/+ " + path + ": " + before + " -> " + after;
            case DELETE -> "- " + path + ": " + before;
        };
    }
}
