package io.portolan.local.internal.container;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;

/**
 * The names of what this provider makes: pure functions of our identities. Parts are joined by {@code _}, which no part holds, so that no
 * two identities share a name; what follows a dot may change while the thing lives.
 */
public final class Names {
    private static final String PREFIX = "portolan-";

    private Names() {}

    /**
     * What the names of an attempt's container begin with; see {@code AttemptName} for what follows it.
     *
     * @param application whose
     * @param key the attempt
     * @return for example {@code portolan-shop_nightly-7_0_0}
     */
    public static String attempt(String application, AttemptKey key) {
        return execution(application, key.execution()) + "_" + key.index() + "_" + key.attempt();
    }

    /**
     * What the names of all attempts of an execution begin with, without the separator.
     *
     * @param application whose
     * @param id the execution
     * @return for example {@code portolan-shop_nightly-7}
     */
    public static String execution(String application, ExecutionId id) {
        return PREFIX + application + "_" + id;
    }

    /**
     * The volume whose labels are the record of an execution.
     *
     * @param application whose
     * @param id the execution
     * @return for example {@code portolan-x-shop_nightly-7}
     */
    public static String record(String application, ExecutionId id) {
        return PREFIX + "x-" + application + "_" + id;
    }

    /**
     * The volume that says that an execution is cancelled.
     *
     * @param application whose
     * @param id the execution
     * @return for example {@code portolan-x-shop_nightly-7_cancelled}
     */
    public static String cancelled(String application, ExecutionId id) {
        return record(application, id) + "_cancelled";
    }

    /**
     * The volume of the user's name.
     *
     * @param application whose
     * @param volume the name in the spec
     * @return for example {@code shop_results}
     */
    public static String volume(String application, String volume) {
        return application + "_" + volume;
    }

    /**
     * The volume with the secret files of one container.
     *
     * @param container name of the container, without what follows its dot
     * @param number which of its directories, from 0
     * @return for example {@code portolan-shop_nightly-7_0_0_secret0}
     */
    public static String secretVolume(String container, int number) {
        return container + "_secret" + number;
    }

    /**
     * The network of an application, on which services find each other by name.
     *
     * @param application whose
     * @return for example {@code portolan-shop}
     */
    public static String network(String application) {
        return PREFIX + application;
    }
}
