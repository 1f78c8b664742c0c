package io.portolan.emulator;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.extension.Extension;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The endpoints of one cloud on the emulator's server. The emulator finds its clouds with {@link java.util.ServiceLoader}. */
public interface EmulatedCloud extends AutoCloseable {

    /**
     * What the clouds of one emulator share.
     *
     * @param clock by which states move on
     * @param containers what runs containers
     * @param registry host and port of a registry that takes images, null if there is none
     */
    record Environment(
            EmulatorClock clock,
            ContainerRuntime containers,
            @Nullable String registry) {}

    /**
     * Makes the state. Called once, before the server starts.
     *
     * @param environment what the clouds share
     */
    void open(Environment environment);

    /**
     * Tells where the server is. Called once, when it has started.
     *
     * @param endpoint its address
     */
    default void started(URI endpoint) {}

    /**
     * What answers requests.
     *
     * @return extensions of the server
     */
    List<Extension> extensions();

    /**
     * Which requests are answered.
     *
     * @return the mappings
     */
    List<MappingBuilder> mappings();

    /**
     * By what tests look into the cloud and script it.
     *
     * @return the controls, an {@link io.portolan.emulator.aws.AwsEmulator} for AWS
     */
    Object controls();

    @Override
    void close();
}
