package io.portolan.local.proof;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import io.portolan.run.JobExecution;
import io.portolan.spec.JobSpec;
import io.portolan.spec.SecretRef;
import java.time.Duration;
import java.util.function.Supplier;

/** A program that runs jobs with a secret and prints everything that the SDK shows of them. */
final class SecretsMain {
    static final String NAME = "report-db";
    static final String RECEIVED = "the container got both";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String COMPARE = """
            env=$(printf %s "$DB_PASSWORD" | sha256sum | cut -c1-64)
            file=$(cat /secrets/db | tr -d '\\n' | sha256sum | cut -c1-64)
            [ "$env" = "$EXPECTED" ] && [ "$file" = "$EXPECTED" ]
            """;

    private SecretsMain() {}

    /** Takes the application, the directory of secrets and the SHA-256 of the secret. */
    public static void main(String[] arguments) {
        CloudConfig config = CloudConfig.builder(ProviderId.LOCAL)
                .application(arguments[0])
                .set("secrets-dir", arguments[1])
                .build();
        JobSpec spec = JobSpec.builder("secretive")
                .image(ProofImage.NAME)
                .command("sh", "-c", COMPARE)
                .env("EXPECTED", arguments[2])
                .secretEnv("DB_PASSWORD", SecretRef.named(NAME))
                .secretFile("/secrets/db", SecretRef.named(NAME))
                .build();
        try (Cloud cloud = Cloud.connect(config)) {
            show(() -> config);
            show(() -> spec);
            show(() -> cloud.plan(spec));
            show(() -> cloud.plan(spec).requests());
            show(() -> cloud.portability(spec));
            boolean received = run(cloud, spec, "well").await(PATIENCE).isSucceeded();
            show(() -> received ? RECEIVED : "the container did not get it");
            show(() -> run(cloud, spec.toBuilder().command("/no/program").build(), "badly"));
            show(() -> run(cloud, spec.toBuilder().args("more").build(), "well"));
            show(() -> run(
                    cloud,
                    spec.toBuilder()
                            .secretEnv("OTHER", SecretRef.named("no-such-secret"))
                            .build(),
                    "missing"));
            show(cloud::list);
            show(() -> cloud.prune(true));
        }
    }

    private static JobExecution run(Cloud cloud, JobSpec spec, String id) {
        JobExecution execution = cloud.jobs().run(spec, ExecutionId.of(id));
        show(() -> execution.await(PATIENCE));
        show(execution::status);
        return execution;
    }

    private static void show(Supplier<Object> value) {
        try {
            System.out.println(value.get());
        } catch (PortolanException e) {
            e.printStackTrace(System.out);
        }
    }
}
