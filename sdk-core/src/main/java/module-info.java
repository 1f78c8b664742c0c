import io.portolan.spi.CloudProvider;

/** The provider-neutral model, client, engine and provider interface of Portolan. */
module io.portolan {
    requires io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.ratelimiter;
    requires io.github.resilience4j.retry;
    requires io.smallrye.config;
    requires org.slf4j;
    requires org.yaml.snakeyaml;
    requires static transitive org.jspecify;

    exports io.portolan;
    exports io.portolan.config;
    exports io.portolan.error;
    exports io.portolan.id;
    exports io.portolan.image;
    exports io.portolan.plan;
    exports io.portolan.portability;
    exports io.portolan.run;
    exports io.portolan.spec;
    exports io.portolan.spi;

    uses CloudProvider;
}
