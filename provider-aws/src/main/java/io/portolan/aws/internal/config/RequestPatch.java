package io.portolan.aws.internal.config;

import io.portolan.aws.internal.json.NativeJson;
import software.amazon.awssdk.core.SdkPojo;

/** The patches that the options of a spec lay over native requests. Pure. */
public final class RequestPatch {
    private RequestPatch() {}

    /**
     * Lays the patch of a request over it, if there is one.
     *
     * @param <R> the request
     * @param settings the settings of the workload
     * @param name the name of the request, one of {@link OptionNames#PATCHABLE}
     * @param request what is mapped
     * @return the request, changed if there is a patch
     * @throws IllegalArgumentException if the patch is no JSON object or does not fit the request
     */
    public static <R extends SdkPojo> R apply(AwsSettings settings, String name, R request) {
        return settings.option(OptionNames.PATCH + name)
                .map(text -> NativeJson.patched(request, NativeJson.object(text)))
                .orElse(request);
    }
}
