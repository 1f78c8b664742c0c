package io.portolan.local.internal.engine;

/**
 * What an engine says about itself.
 *
 * @param engine its release, for example {@code 20.10.24}
 * @param api the API version that is spoken with it
 * @param architecture of its machine, in the words of the OCI image specification
 * @param os of its machine
 */
public record EngineVersion(String engine, ApiVersion api, String architecture, String os) {}
