package io.portolan.testkit.conformance;

import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The two ways to wait for an execution. Core scenarios are run through both. */
enum Wait {
    AWAIT {
        @Override
        JobResult result(JobExecution execution, Duration limit) {
            return execution.await(limit);
        }
    },
    COMPLETION {
        @Override
        JobResult result(JobExecution execution, Duration limit) {
            return execution
                    .completion()
                    .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    };

    abstract JobResult result(JobExecution execution, Duration limit);
}
