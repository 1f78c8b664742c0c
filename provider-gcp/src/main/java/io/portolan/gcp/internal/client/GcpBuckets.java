package io.portolan.gcp.internal.client;

import io.portolan.spi.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The request buckets of Google Cloud as data. Quotas are per project, Region and minute, and differ between projects; these are what the
 * smallest projects have, for writes nearly all of it, for reads half, so that others who work in the project are not starved.
 *
 * <p>The names of the quotas are Google's (ReadPerMinutePerProjectRegion, WritePerMinutePerProjectRegion, JobRunPerMinutePerProjectRegion). The
 * numbers are what users of small projects report (600, 30 and 60 a minute; 60 reads of log entries), not a promise of Google's; that of
 * Artifact Registry is a guess.
 */
public final class GcpBuckets {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Every bucket; names of requests are {@code service:Operation}. */
    public static final List<RateLimit> ALL = List.of(
            new RateLimit(
                    "Cloud Run reads",
                    Set.of(
                            "run:GetJob",
                            "run:ListJobs",
                            "run:GetExecution",
                            "run:ListExecutions",
                            "run:GetTask",
                            "run:ListTasks",
                            "run:GetService",
                            "run:ListServices",
                            "run:GetRevision",
                            "run:ListRevisions",
                            "run:GetIamPolicy",
                            "run:GetOperation"),
                    5,
                    Duration.ofSeconds(1)),
            // A minute's worth may be spent at once: ten jobs started together are not made to wait for each other.
            new RateLimit(
                    "Cloud Run writes",
                    Set.of(
                            "run:CreateJob",
                            "run:UpdateJob",
                            "run:DeleteJob",
                            "run:CancelExecution",
                            "run:DeleteExecution",
                            "run:CreateService",
                            "run:UpdateService",
                            "run:DeleteService",
                            "run:DeleteRevision",
                            "run:SetIamPolicy"),
                    28,
                    MINUTE),
            new RateLimit("Cloud Run job runs", Set.of("run:RunJob"), 50, MINUTE),
            new RateLimit("log entries", Set.of("logging:ListLogEntries"), 50, MINUTE),
            new RateLimit(
                    "Artifact Registry",
                    Set.of(
                            "artifactregistry:GetRepository",
                            "artifactregistry:ListRepositories",
                            "artifactregistry:CreateRepository",
                            "artifactregistry:GetDockerImage",
                            "artifactregistry:ListDockerImages",
                            "artifactregistry:DeletePackage",
                            "artifactregistry:DeleteVersion",
                            "artifactregistry:GetOperation"),
                    10,
                    Duration.ofSeconds(1)));

    private GcpBuckets() {}
}
