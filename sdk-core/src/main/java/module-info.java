import io.portolan.spi.CloudProvider;

/** The provider-neutral model, client, engine and provider interface of Portolan. */
module io.portolan {
    requires org.slf4j;
    requires static transitive org.jspecify;

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
