package io.portolan.testkit.conformance;

import io.portolan.portability.Capability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a test needs of the provider. Where the provider declares it, the test runs and so proves it. Where the provider lacks it, the test
 * is not skipped: in its place it is tested that the lack is refused without a remote call, and, where the test could tell, that the lack is
 * real.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {
    /**
     * The capabilities.
     *
     * @return one or more
     */
    Capability[] value();

    /**
     * Whether the test fails on a provider that only claims the capability. Then a declared lack is tried: it is no lack if the test passes.
     *
     * @return default true
     */
    boolean tellsALack() default true;
}
