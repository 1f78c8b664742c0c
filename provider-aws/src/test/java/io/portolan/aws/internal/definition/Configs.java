package io.portolan.aws.internal.definition;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.spi.ProviderConfig;
import java.util.HashMap;
import java.util.Map;

/** Settings for tests. */
public final class Configs {
    /** Everything that a job or an internal service on Fargate needs. */
    public static final Map<String, String> FARGATE = Map.of(
            "region", "eu-central-1",
            "account", "123456789012",
            "subnets", "subnet-1, subnet-2",
            "execution-role", "arn:aws:iam::123456789012:role/execution");

    private Configs() {}

    /** Settings with others over them, given as keys and values; an empty value takes a key away. */
    public static ProviderConfig with(String... keysAndValues) {
        Map<String, String> values = new HashMap<>(FARGATE);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        values.values().removeIf(String::isEmpty);
        return new ProviderConfig("shop", AwsKeys.ALL, values);
    }
}
