package io.portolan.benchmarks.weight;

import io.portolan.benchmarks.report.Line;
import io.portolan.benchmarks.report.Report;
import java.nio.file.Path;

/** Weighs the jars that come with a provider beyond those that all providers share. */
public final class InheritedWeight {
    /** Where the build leaves the class path of each module. */
    private static final Path CLASS_PATH = Path.of("target", "runtime-class-path");

    private static final double MOST_MEGABYTES = 16;
    private static final double BYTES = 1e6;

    private final Path root;

    /**
     * Weighs what was built.
     *
     * @param root of the repository
     */
    public InheritedWeight(Path root) {
        this.root = root;
    }

    /**
     * Weighs the AWS provider.
     *
     * @param report where results go
     */
    public void measure(Report report) {
        String section = "What portolan-aws inherits beyond portolan-core and portolan-images";
        ClassPath inherited = of("provider-aws").without(of("images"), of("sdk-core"));
        report.add(Line.count(section, "jars, MB", inherited.bytes() / BYTES).target(MOST_MEGABYTES));
        report.add(Line.count(section, "jars", inherited.jars().size()));
    }

    private ClassPath of(String module) {
        return ClassPath.read(root.resolve(module).resolve(CLASS_PATH));
    }
}
