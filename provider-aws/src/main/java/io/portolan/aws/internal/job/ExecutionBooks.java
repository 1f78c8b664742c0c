package io.portolan.aws.internal.job;

import io.portolan.aws.internal.record.ExecutionRecords;
import io.portolan.aws.internal.record.Fact;
import io.portolan.aws.internal.record.Journal;
import io.portolan.aws.internal.record.StoredRecord;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The books of the executions that this connection works on, the latest few thousand of them; the others are read again. Thread-safe. */
final class ExecutionBooks {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionBooks.class);
    private static final int MOST = 4096;

    private final ExecutionRecords records;
    private final Journal journal;
    private final Clock clock;
    private final Map<ExecutionId, ExecutionBook> books = new LinkedHashMap<>(16, 0.75f, true);
    private final AtomicBoolean warned = new AtomicBoolean();

    ExecutionBooks(ExecutionRecords records, Journal journal, Clock clock) {
        this.records = records;
        this.journal = journal;
        this.clock = clock;
    }

    /** The book of a record. A record with another nonce is of a later execution of the same id, and begins a new book. */
    synchronized ExecutionBook open(StoredRecord stored) {
        ExecutionBook known = books.get(stored.record().id());
        if (known != null && known.nonce().equals(stored.nonce())) {
            return known;
        }
        ExecutionBook book = new ExecutionBook(stored, clock.instant());
        books.put(stored.record().id(), book);
        if (books.size() > MOST) {
            books.remove(books.keySet().iterator().next());
        }
        return book;
    }

    private synchronized @Nullable ExecutionBook peek(ExecutionId id) {
        return books.get(id);
    }

    synchronized void close(ExecutionId id) {
        books.remove(id);
    }

    /** The book of a claimed execution. */
    ExecutionBook of(ExecutionId id) {
        ExecutionBook known = peek(id);
        if (known != null) {
            return known;
        }
        Optional<StoredRecord> stored = records.find(id);
        return open(stored.orElseThrow(() -> PortolanException.builder(
                        ErrorCode.CONFLICT, "the record of execution '" + id + "' is not there, or not any more")
                .provider(ProviderId.AWS.value())
                .resource(id.value())
                .build()));
    }

    /** The same, with a journal that was read not longer ago than this. */
    ExecutionBook of(ExecutionId id, Duration age) {
        ExecutionBook book = of(id);
        refresh(book, age);
        return book;
    }

    void refresh(ExecutionBook book, Duration age) {
        Instant now = clock.instant();
        Instant readAt = book.readAt();
        if (readAt == null || !readAt.plus(age).isAfter(now)) {
            book.read(journal.read(book.record()), now);
        }
    }

    /** Writes one fact now. */
    void write(ExecutionId id, Fact fact) {
        journal.write(id, List.of(fact));
    }

    /**
     * Writes what was seen since. Failing does no harm: it is written in the next round, and for an hour ECS knows it too.
     */
    void flush(Iterable<ExecutionBook> seen) {
        for (ExecutionBook book : seen) {
            List<Fact> facts = book.takeUnwritten();
            if (facts.isEmpty()) {
                continue;
            }
            try {
                journal.write(book.record().id(), facts);
            } catch (PortolanException e) {
                if (e.code() != ErrorCode.CONFLICT && e.code() != ErrorCode.NOT_FOUND) {
                    book.writeAgain(facts);
                }
                if (warned.compareAndSet(false, true)) {
                    LOG.warn(
                            "the journal of execution {} cannot be written for now",
                            book.record().id(),
                            e);
                }
            }
        }
    }

    /** All books that are open: those with facts that could not be written before are written in any later round. */
    synchronized List<ExecutionBook> all() {
        return List.copyOf(books.values());
    }
}
