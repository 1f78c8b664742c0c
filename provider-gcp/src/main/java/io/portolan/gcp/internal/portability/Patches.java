package io.portolan.gcp.internal.portability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.Service;
import com.google.protobuf.Message;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.config.OptionNames;
import io.portolan.gcp.internal.definition.ContainerMapper;
import io.portolan.gcp.internal.json.NativeJson;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The patches of native resources, as far as they can be checked offline. Pure. */
final class Patches {
    /** By these the SDK finds again what it made, and makes nothing twice; as JSON pointers. */
    private static final Map<String, List<String>> IDENTITY = Map.of(
            "Job",
                    List.of(
                            "/name",
                            "/etag",
                            "/startExecutionToken",
                            "/runExecutionToken",
                            "/template/taskCount",
                            "/template/parallelism",
                            "/template/template/maxRetries",
                            "/template/template/timeout"),
            "Service", List.of("/name", "/etag", "/template/revision"));

    private static final Map<String, Message> EMPTY =
            Map.of("Job", Job.getDefaultInstance(), "Service", Service.getDefaultInstance());

    private static final List<String> CONTAINERS = List.of("/template/template/containers", "/template/containers");
    private static final List<String> LABELS =
            List.of("/labels", "/annotations", "/template/labels", "/template/annotations");

    private Patches() {}

    static void check(GcpSettings settings, String resource, FindingList findings) {
        String field = "options.gcp." + OptionNames.PATCH + resource;
        try {
            ObjectNode patch = NativeJson.object(
                    settings.option(OptionNames.PATCH + resource).orElse(""));
            NativeJson.patched(Objects.requireNonNull(EMPTY.get(resource), resource), patch);
            for (String member : IDENTITY.getOrDefault(resource, List.of())) {
                if (!patch.at(member).isMissingNode()) {
                    findings.reject(
                            field,
                            "member '" + member.substring(1).replace('/', '.')
                                    + "' is the SDK's: by it the resource is found again and its result is known",
                            "leave it out",
                            null);
                }
            }
            labels(patch, field, findings);
            containers(patch, field, findings);
        } catch (IllegalArgumentException e) {
            findings.reject(field, String.valueOf(e.getMessage()), "correct or remove the patch", null);
        }
    }

    private static void labels(ObjectNode patch, String field, FindingList findings) {
        for (String pointer : LABELS) {
            patch.at(pointer).fieldNames().forEachRemaining(key -> {
                if (key.startsWith("portolan") || key.equals("managed-by")) {
                    findings.reject(
                            field, "the label or annotation '" + key + "' is the SDK's", "choose another name", null);
                }
            });
        }
    }

    private static void containers(ObjectNode patch, String field, FindingList findings) {
        for (String pointer : CONTAINERS) {
            JsonNode name = patch.at(pointer + "/0/name");
            if (name.isTextual() && !name.asText().equals(ContainerMapper.NAME)) {
                findings.reject(
                        field,
                        "the first container is '" + ContainerMapper.NAME + "', which the SDK finds by this name",
                        "leave its name out; sidecars are the second and further containers",
                        null);
            }
        }
    }
}
