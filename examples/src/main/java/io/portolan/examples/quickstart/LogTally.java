package io.portolan.examples.quickstart;

import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Counts what a job writes while it runs. */
final class LogTally implements Consumer<LogLine> {

    private final String wanted;
    private final Set<LogSource> sources = new HashSet<>();
    private int lines;
    private int matching;

    /** Counts lines, and apart those that begin with a text. */
    LogTally(String wanted) {
        this.wanted = wanted;
    }

    @Override
    public synchronized void accept(LogLine line) {
        lines++;
        sources.add(line.source());
        if (line.text().startsWith(wanted)) {
            matching++;
        }
    }

    synchronized int lines() {
        return lines;
    }

    synchronized int attempts() {
        return sources.size();
    }

    synchronized int matching() {
        return matching;
    }
}
