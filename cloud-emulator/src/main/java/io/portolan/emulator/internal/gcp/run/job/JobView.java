package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.gcp.GcpEmulator;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.Operations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs as the API tells them. */
final class JobView {
    static final String TYPE = "google.cloud.run.v2.Job";

    private static final Duration KEPT_DELETED = Duration.ofDays(30);
    private static final List<String> SPEC = List.of(
            "labels", "annotations", "client", "clientVersion", "launchStage", "binaryAuthorization", "template");

    private JobView() {}

    static ObjectNode of(Job job) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("name", job.name.full());
        view.put("uid", job.uid);
        view.put("generation", Long.toString(job.generation));
        view.put("createTime", GcpContext.text(job.createTime));
        view.put("updateTime", GcpContext.text(job.updateTime));
        view.put("creator", "creator@example.com");
        view.put("lastModifier", "creator@example.com");
        for (String member : SPEC) {
            JsonNode value = job.spec.path(member);
            if (!value.isMissingNode()) {
                view.set(member, value.deepCopy());
            }
        }
        if (job.observedGeneration > 0) {
            view.put("observedGeneration", Long.toString(job.observedGeneration));
        }
        view.set("terminalCondition", job.ready.view());
        if (job.executionCount > 0) {
            view.put("executionCount", job.executionCount);
        }
        view.set("latestCreatedExecution", reference(job.latest));
        if (job.isReconciling()) {
            view.put("reconciling", true);
        }
        if (!job.token.isEmpty()) {
            view.put(job.tokenRuns ? "runExecutionToken" : "startExecutionToken", job.token);
        }
        Instant deleted = job.deleteTime;
        if (deleted != null) {
            view.put("deleteTime", GcpContext.text(deleted));
            view.put("expireTime", GcpContext.text(deleted.plus(KEPT_DELETED)));
        }
        view.put("etag", etag(job.version));
        return view;
    }

    /** What operations tell while they go on. */
    static ObjectNode metadata(Job job) {
        ObjectNode view = of(job);
        view.remove("uid");
        return Operations.typed(TYPE, view);
    }

    static ObjectNode response(Job job) {
        return Operations.typed(TYPE, of(job));
    }

    static String etag(long version) {
        return '"' + Base64.getEncoder().encodeToString(Long.toString(version).getBytes(StandardCharsets.UTF_8)) + '"';
    }

    /** The version in an etag, empty if it is none of ours. */
    static String version(String etag) {
        try {
            return new String(Base64.getDecoder().decode(etag.replace("\"", "")), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    static String logUri(JobName name, String labels) {
        return "https://console.cloud.google.com/logs/viewer?project=" + name.project()
                + "&advancedFilter=resource.type%3D%22cloud_run_job%22%0Aresource.labels.job_name%3D%22" + name.id()
                + "%22" + labels + "&number=" + GcpEmulator.PROJECT_NUMBER;
    }

    private static ObjectNode reference(@Nullable Execution execution) {
        ObjectNode reference = JsonNodeFactory.instance.objectNode();
        if (execution == null) {
            return reference;
        }
        reference.put("name", execution.id);
        reference.put("createTime", GcpContext.text(execution.createTime));
        Instant completed = execution.completionTime;
        if (completed != null) {
            reference.put("completionTime", GcpContext.text(completed));
        }
        Instant deleted = execution.deleteTime;
        if (deleted != null) {
            reference.put("deleteTime", GcpContext.text(deleted));
        }
        reference.put("completionStatus", execution.completionStatus());
        return reference;
    }
}
