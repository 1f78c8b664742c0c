package io.portolan.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** The files that the processes of a {@link ProofJob} wrote, counted. */
final class Marks {
    private final List<String> starts = new ArrayList<>();
    private final List<String> successes = new ArrayList<>();

    private Marks() {}

    static Marks read(ProofEngine engine) {
        Marks marks = new Marks();
        engine.files(ProofJob.VOLUME).forEach(marks::add);
        return marks;
    }

    /** The name of a file is made of what it marks, the index, the attempt and chance. */
    private void add(String file, String content) {
        String[] parts = file.split("\\.", -1);
        String attempt = parts[1] + "/" + parts[2];
        if (parts[0].equals("start")) {
            starts.add(attempt);
        } else {
            successes.add(attempt + "=" + content);
        }
    }

    /** Every attempt that a task needs was started once, and every task succeeded once with the right result. */
    void requireEachOnce(ProofJob job) {
        List<String> wantedStarts = new ArrayList<>();
        List<String> wantedSuccesses = new ArrayList<>();
        for (int index = 0; index < job.tasks(); index++) {
            int last = ProofJob.attempts(index) - 1;
            for (int attempt = 0; attempt <= last; attempt++) {
                wantedStarts.add(index + "/" + attempt);
            }
            wantedSuccesses.add(index + "/" + last + "=" + (index * index + 7));
        }
        assertThat(successes).as("tasks that succeeded").containsExactlyInAnyOrderElementsOf(wantedSuccesses);
        assertThat(starts).as("processes that started").containsExactlyInAnyOrderElementsOf(wantedStarts);
    }
}
