package io.portolan.testkit.conformance;

import io.portolan.spec.WorkloadBuilder;

/** Knows how the images of one provider do what {@link TestProgram}s say. */
public interface TestPrograms {
    /**
     * Sets image, command and arguments so that the container does what the program says.
     *
     * @param <B> a job or a service
     * @param builder what to set it in
     * @param program what to do
     * @return the builder
     */
    <B extends WorkloadBuilder<B>> B into(B builder, TestProgram program);
}
