/** The provider-neutral model, client, engine and provider interface of Portolan. */
module io.portolan {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.retry;
    requires io.github.resilience4j.ratelimiter;
    requires io.github.resilience4j.circuitbreaker;
    requires io.smallrye.config;
    requires io.smallrye.config.source.yaml;
    requires org.yaml.snakeyaml;
}
