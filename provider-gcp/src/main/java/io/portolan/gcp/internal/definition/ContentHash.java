package io.portolan.gcp.internal.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.Service;
import io.portolan.gcp.internal.json.NativeJson;
import java.util.HexFormat;
import java.util.List;

/** What tells whether a resource runs the same: a hash of everything but names, labels, annotations and tokens. Pure. */
public final class ContentHash {
    private static final List<String> IDENTITY = List.of(
            "name",
            "labels",
            "annotations",
            "etag",
            "client",
            "clientVersion",
            "startExecutionToken",
            "runExecutionToken",
            "traffic");

    private ContentHash() {}

    /**
     * The hash of a job.
     *
     * @param job as the mapper makes it
     * @return SHA-256 in lower-case hex
     */
    public static String of(Job job) {
        return hash(NativeJson.render(job));
    }

    /**
     * The hash of a service.
     *
     * @param service as the mapper makes it
     * @return SHA-256 in lower-case hex
     */
    public static String of(Service service) {
        return hash(NativeJson.render(service));
    }

    private static String hash(ObjectNode resource) {
        resource.remove(IDENTITY);
        if (resource.get("template") instanceof ObjectNode template) {
            template.remove(List.of("labels", "annotations", "revision"));
        }
        return HexFormat.of().formatHex(Names.sha256(resource.toString()));
    }
}
