package io.portolan.local.proof;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.Phase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A program that runs a {@link ProofJob}, for JVMs that are killed or that compete. Says {@value #CONNECTED}, waits for a line on its
 * standard input, runs the job and says how that ended.
 */
final class CallerMain {
    static final String CONNECTED = "proof: connected";
    static final String STARTED = "proof: started";
    static final String RESULT = "proof: result ";
    static final String ERROR = "proof: error ";

    private CallerMain() {}

    /** Takes the application, the execution id, and the tasks, parallelism and seconds of the job. */
    public static void main(String[] arguments) throws IOException {
        CloudConfig config =
                CloudConfig.builder(ProviderId.LOCAL).application(arguments[0]).build();
        ProofJob job = new ProofJob(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), arguments[4]);
        try (Cloud cloud = Cloud.connect(config);
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            cloud.list(); // the first call opens the connection
            System.out.println(CONNECTED);
            input.readLine();
            JobExecution execution = cloud.jobs().run(job.spec(), ExecutionId.of(arguments[1]));
            System.out.println(STARTED);
            JobResult result = execution.await(Duration.ofMinutes(3));
            System.out.println(RESULT + result.phase() + " " + succeeded(result));
        } catch (PortolanException e) {
            System.out.println(ERROR + e.code() + " " + e.getMessage());
        }
    }

    private static long succeeded(JobResult result) {
        return result.tasks().stream()
                .filter(t -> t.phase() == Phase.SUCCEEDED)
                .filter(t -> t.attempts().size() == ProofJob.attempts(t.index()))
                .count();
    }
}
