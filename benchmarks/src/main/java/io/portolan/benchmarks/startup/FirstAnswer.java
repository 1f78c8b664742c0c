package io.portolan.benchmarks.startup;

import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * A program that asks a platform once what is there and prints two numbers: milliseconds from its first own line to the answer, and from
 * the start of the JVM to the answer.
 */
public final class FirstAnswer {
    static final String ENGINE_SDK = "engine-sdk";
    static final String DOCKER_JAVA = "docker-java";
    static final String AWS_SDK = "aws-sdk";
    static final String AWS_VENDOR = "aws-vendor";

    private FirstAnswer() {}

    /**
     * Asks.
     *
     * @param arguments who asks, then the application or the endpoint
     * @throws IOException if docker-java's client does not close
     */
    public static void main(String[] arguments) throws IOException {
        long start = System.nanoTime();
        int answered = ask(arguments[0], arguments[1]);
        long end = System.nanoTime();
        long now = System.currentTimeMillis();
        long jvm = ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.println((end - start) / 1_000_000.0 + " " + (now - jvm) + " " + answered);
    }

    // Each way is in a class of its own: a JVM loads only what it needs.
    private static int ask(String who, String what) throws IOException {
        return switch (who) {
            case ENGINE_SDK -> EngineAnswer.ofSdk(what);
            case DOCKER_JAVA -> EngineAnswer.ofDockerJava(what);
            case AWS_SDK -> AwsAnswer.ofSdk(what);
            case AWS_VENDOR -> AwsAnswer.ofVendor(what);
            default -> throw new IllegalArgumentException(who);
        };
    }
}
