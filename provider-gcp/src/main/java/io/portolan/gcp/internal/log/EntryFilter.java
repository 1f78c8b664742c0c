package io.portolan.gcp.internal.log;

import io.portolan.run.LogSource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What entries are asked for, in the query language of Cloud Logging: only what containers wrote to their outputs, of one execution or
 * service. Lines are joined by AND. Source: cloud.google.com/logging/docs/view/logging-query-language (2026-11).
 *
 * @param text the filter
 */
record EntryFilter(String text) {
    static EntryFilter execution(String project, String region, LogTargets.Attempt attempt) {
        return new EntryFilter(lines(
                is("resource.type", "cloud_run_job"),
                is("resource.labels.job_name", attempt.job()),
                is("resource.labels.location", region),
                is("labels.\"run.googleapis.com/execution_name\"", attempt.execution()),
                outputs(project)));
    }

    static EntryFilter service(String project, String region, LogTargets.Service service) {
        return new EntryFilter(lines(
                is("resource.type", "cloud_run_revision"),
                is("resource.labels.service_name", service.name()),
                is("resource.labels.location", region),
                outputs(project)));
    }

    /** What the containers of a revision wrote, and what the platform wrote about them. */
    static EntryFilter revision(String project, String region, String service, String revision) {
        String system = "projects/" + project + "/logs/run.googleapis.com%2Fvarlog%2Fsystem";
        return new EntryFilter(lines(
                is("resource.type", "cloud_run_revision"),
                is("resource.labels.service_name", service),
                is("resource.labels.revision_name", revision),
                is("resource.labels.location", region),
                "(" + outputs(project) + " OR " + is("logName", system) + ")"));
    }

    /** Only one attempt of a task, or only one instance. */
    EntryFilter of(LogSource source) {
        if (source.task() < 0) {
            return with(is("labels." + EntryReader.INSTANCE, source.name()));
        }
        return with(is("labels.\"" + EntryReader.TASK_INDEX + "\"", Integer.toString(source.task())))
                .with(is("labels.\"" + EntryReader.TASK_ATTEMPT + "\"", Integer.toString(source.attempt())));
    }

    /** Only in a time. Always bounded below: without, Cloud Logging looks at a time of its own choice. */
    EntryFilter between(Instant from, @Nullable Instant until) {
        EntryFilter since = with("timestamp>=" + quoted(from.toString()));
        return until == null ? since : since.with("timestamp<=" + quoted(until.toString()));
    }

    private EntryFilter with(String line) {
        return new EntryFilter(lines(text, line));
    }

    private static String outputs(String project) {
        String log = "projects/" + project + "/logs/run.googleapis.com%2F";
        return "logName=(" + quoted(log + "stdout") + " OR " + quoted(log + "stderr") + ")";
    }

    private static String is(String field, String value) {
        return field + "=" + quoted(value);
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String lines(String... lines) {
        return String.join("\n", List.of(lines));
    }
}
