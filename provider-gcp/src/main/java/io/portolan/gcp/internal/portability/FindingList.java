package io.portolan.gcp.internal.portability;

import io.portolan.id.ProviderId;
import io.portolan.portability.Finding;
import io.portolan.portability.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects findings. Not thread-safe. */
final class FindingList {
    private final List<Finding> found = new ArrayList<>();

    void add(String field, Kind kind, String message, @Nullable String fix, @Nullable String source) {
        found.add(new Finding(ProviderId.GCP, field, kind, message, fix, source));
    }

    void reject(String field, String message, String fix, @Nullable String source) {
        add(field, Kind.REJECTED, message, fix, source);
    }

    void adjust(String field, String message, @Nullable String source) {
        add(field, Kind.ADJUSTED, message, null, source);
    }

    void ignore(String field, String message) {
        add(field, Kind.IGNORED, message, null, null);
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
