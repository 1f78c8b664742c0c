package io.portolan.local.internal.job;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Containers that the engine told to have ended, until they are looked at; the latest only, as it is a hint. Thread-safe. */
final class Deaths {
    private static final int MOST = 10_000;

    private final Set<String> ids = new LinkedHashSet<>();

    synchronized void add(String id) {
        ids.add(id);
        if (ids.size() > MOST) {
            Iterator<String> oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    synchronized boolean remove(String id) {
        return ids.remove(id);
    }
}
