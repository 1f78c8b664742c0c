package io.portolan.gcp.internal.config;

import com.google.protobuf.Message;
import io.portolan.gcp.internal.json.NativeJson;

/** The patches that the options of a spec lay over native resources. Pure. */
public final class RequestPatch {
    private RequestPatch() {}

    /**
     * Lays the patch of a resource over it, if there is one.
     *
     * @param <M> the resource
     * @param settings the settings of the workload
     * @param name the name of the resource, one of {@link OptionNames#PATCHABLE}
     * @param message what is mapped
     * @return the resource, changed if there is a patch
     * @throws IllegalArgumentException if the patch is no JSON object or does not fit the resource
     */
    public static <M extends Message> M apply(GcpSettings settings, String name, M message) {
        return settings.option(OptionNames.PATCH + name)
                .map(text -> NativeJson.patched(message, NativeJson.object(text)))
                .orElse(message);
    }
}
