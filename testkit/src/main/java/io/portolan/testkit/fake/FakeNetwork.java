package io.portolan.testkit.fake;

/** What processes of one application see of each other. */
@FunctionalInterface
interface FakeNetwork {
    /** Asks a service by its name; fails with an UncheckedIOException if nothing answers. */
    FakeHandler.Response get(String url);
}
