package io.portolan.local.proof;

import io.portolan.spec.JobSpec;
import io.portolan.spec.Volume;

/**
 * A job whose tasks count themselves: each process writes a file of its own when it starts and another when it succeeds, so that a second
 * run of a task, or a second start of a container, shows.
 *
 * @param tasks how many tasks
 * @param parallelism how many at once
 * @param seconds how long a task works, as text for {@code sleep}
 */
record ProofJob(int tasks, int parallelism, String seconds) {
    static final String VOLUME = "marks";

    private static final String SCRIPT = """
            set -e
            i=$CLOUD_RUN_TASK_INDEX; a=$CLOUD_RUN_TASK_ATTEMPT
            mark() { echo "$2" > "$(mktemp "/marks/$1.$i.$a.XXXXXX")"; }
            mark start -
            if [ $((i % 5)) = 3 ] && [ "$a" = 0 ]; then exit 7; fi
            sleep "$SECONDS_OF_WORK"
            mark done $((i * i + 7))
            """;

    /** Every fifth task fails its first attempt. */
    JobSpec spec() {
        return JobSpec.builder("proof")
                .image(ProofImage.NAME)
                .command("sh", "-c", SCRIPT)
                .env("SECONDS_OF_WORK", seconds)
                .volume("/marks", Volume.named(VOLUME))
                .tasks(tasks)
                .parallelism(parallelism)
                .maxRetries(2)
                .build();
    }

    /** How many attempts a task needs. */
    static int attempts(int index) {
        return index % 5 == 3 ? 2 : 1;
    }

    /** How many attempts all tasks need. */
    int attempts() {
        int sum = 0;
        for (int i = 0; i < tasks; i++) {
            sum += attempts(i);
        }
        return sum;
    }
}
