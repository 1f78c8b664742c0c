package io.portolan.emulator.internal.aws.ecs.service;

import io.portolan.emulator.internal.aws.ecs.Arns;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** New names in the shapes of the real ones. */
final class Ids {
    private Ids() {}

    static String number() {
        return Long.toString(ThreadLocalRandom.current().nextLong(1_000_000_000_000_000_000L, Long.MAX_VALUE));
    }

    static String word() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 21);
    }

    static String service(String cluster, String name) {
        return Arns.of("service", cluster + "/" + name);
    }

    static String revision(String cluster, String service) {
        return Arns.of("service-revision", cluster + "/" + service + "/" + number());
    }

    static String deployment(String cluster, String service) {
        return Arns.of("service-deployment", cluster + "/" + service + "/" + word());
    }
}
