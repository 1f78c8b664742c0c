package io.portolan.aws.internal.job;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.spec.JobSpec;
import io.portolan.spi.AttemptLaunch;
import io.portolan.spi.ProviderConfig;
import java.util.Map;

/** Attempts for tests. */
final class Launches {
    static final ExecutionId ID = ExecutionId.of("nightly-1");
    static final String HASH = "0123456789abcdef";
    static final ProviderConfig CONFIG = new ProviderConfig(
            "shop",
            AwsKeys.ALL,
            Map.of(
                    "region", "eu-central-1",
                    "cluster", "batch",
                    "subnets", "subnet-1",
                    "execution-role", "arn:aws:iam::123456789012:role/execution"));

    private Launches() {}

    static JobSpec.Builder job() {
        return JobSpec.builder("etl")
                .image("ghcr.io/acme/etl:1.4")
                .args("--day", "1")
                .env("LOG_LEVEL", "info")
                .tasks(3);
    }

    static AttemptKey key(int index, int attempt) {
        return new AttemptKey(ID, HASH, index, attempt);
    }

    static AttemptLaunch launch(int index, int attempt) {
        return new AttemptLaunch(key(index, attempt), job().build());
    }
}
