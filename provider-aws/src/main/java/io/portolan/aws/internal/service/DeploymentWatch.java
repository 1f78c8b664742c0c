package io.portolan.aws.internal.service;

import io.portolan.aws.internal.config.ServiceAccess;
import io.portolan.aws.option.ServiceExposure;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import io.portolan.id.ProviderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Watches one deployment to its end. ECS would try a replica that cannot start for hours: what will not come right is found here and told at
 * once. For one deployment; not thread-safe.
 */
final class DeploymentWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DeploymentWatch.class);

    /** Ends that say the same of the next replica, until they are believed. */
    private static final int FINAL_ENDS = 2;

    private static final int CRASHES = 3;

    /** What a load balancer takes to register a replica and ask it for the first time. */
    private static final Duration LEAST_MARGIN = Duration.ofSeconds(15);

    private static final Duration MOST_MARGIN = Duration.ofSeconds(60);

    private static final String PAST = "PAST";

    /** Stages of a deployment in which a new replica is not known to be well. */
    private static final Set<String> EARLY = Set.of("RECONCILE_SERVICE", "PRE_SCALE_UP", "SCALE_UP");

    private final EcsServices services;
    private final Rollouts rollouts;
    private final Pace pace;
    private final Wish wish;
    private final Rollouts.Known before;
    private @Nullable String mine;
    private @Nullable Instant upSince;
    private boolean healthy;
    private boolean crashed;

    /**
     * A watch.
     *
     * @param before deployments that are not the one to watch
     */
    DeploymentWatch(EcsServices services, Rollouts rollouts, Pace pace, Wish wish, Rollouts.Known before) {
        this.services = services;
        this.rollouts = rollouts;
        this.pace = pace;
        this.wish = wish;
        this.before = before;
    }

    /** The deployment that is watched, null until it was seen. */
    @Nullable
    String deployment() {
        return mine;
    }

    /**
     * Waits for the good end.
     *
     * @throws PortolanException FAILED if it fails or will fail, CONFLICT if it was overtaken, CANCELLED by an interrupt
     */
    void await() {
        while (!isDone()) {
            if (pace.isOver()) {
                throw failed("it was not decided within portolan.aws.deploy-timeout");
            }
            pace.next();
        }
    }

    /** Looks once more, after the good end. */
    void check() {
        isDone();
    }

    /**
     * What holds when replicas are not all ready in time after the good end.
     *
     * @throws PortolanException FAILED if any of them ended by itself
     */
    void giveUp() {
        if (crashed) {
            throw failed("its replicas end again and again");
        }
    }

    /** A deployment goes on while AWS does not answer. */
    private boolean isDone() {
        try {
            return look();
        } catch (PortolanException e) {
            if (e.retryability() == Retryability.NO) {
                throw e;
            }
            LOG.debug("service {}: AWS did not say how its deployment goes; asking again", wish.name(), e);
            return false;
        }
    }

    private boolean look() {
        List<ServiceDeploymentBrief> fresh = rollouts.later(wish.name(), before);
        ServiceDeploymentBrief own = own(fresh);
        if (own == null) {
            return false;
        }
        boolean overtaken = !Objects.equals(
                own.serviceDeploymentArn(), fresh.get(fresh.size() - 1).serviceDeploymentArn());
        switch (own.status()) {
            case SUCCESSFUL -> {
                if (!overtaken) {
                    judge(own); // for ECS a replica without a check is well when it runs, though it may end at once
                }
                return true;
            }
            case PENDING, IN_PROGRESS -> {
                if (overtaken) {
                    throw wish.conflict();
                }
                judge(own);
                return false;
            }
            default -> {
                if (overtaken) {
                    throw wish.conflict();
                }
                throw failed(Objects.requireNonNullElse(own.statusReason(), own.statusAsString()));
            }
        }
    }

    private @Nullable ServiceDeploymentBrief own(List<ServiceDeploymentBrief> fresh) {
        if (mine == null && fresh.size() == 1) {
            mine = fresh.get(0).serviceDeploymentArn();
        } else if (mine == null && fresh.size() > 1) {
            mine = fresh.stream()
                    .filter(d -> rollouts.brings(wish.name(), d, wish.revision().arn()))
                    .map(ServiceDeploymentBrief::serviceDeploymentArn)
                    .findFirst()
                    .orElseThrow(wish::conflict);
        }
        return fresh.stream()
                .filter(d -> d.serviceDeploymentArn().equals(mine))
                .findFirst()
                .orElse(null);
    }

    /** Whether the replicas of the new revision can still come right. */
    private void judge(ServiceDeploymentBrief own) {
        List<Task> stopped = tasks(DesiredStatus.STOPPED, own);
        long finals = stopped.stream()
                .filter(t -> TaskReasons.weight(t) == TaskReasons.Weight.FINAL)
                .count();
        long crashes = stopped.stream()
                .filter(t -> TaskReasons.weight(t) != TaskReasons.Weight.NONE)
                .count();
        List<Task> running = tasks(DesiredStatus.RUNNING, own).stream()
                .filter(t -> "RUNNING".equals(t.lastStatus()))
                .toList();
        crashed = crashes > 0;
        if (upSince == null && (!running.isEmpty() || crashes > 0)) {
            upSince = pace.now();
        }
        String stage = stage(own);
        healthy = healthy || (running.stream().anyMatch(this::isHealthy) && PAST.equals(stage));
        boolean late = !healthy && upSince != null && pace.now().isAfter(upSince.plus(patience()));
        if (finals >= FINAL_ENDS || crashes >= CRASHES || (finals > 0 && late)) {
            throw failed("its replicas end again and again");
        }
        if (late && !stage.isEmpty()) {
            throw failed("no replica was ready within its startupTimeout of "
                    + wish.spec().readiness().startupTimeout());
        }
    }

    private List<Task> tasks(DesiredStatus status, ServiceDeploymentBrief own) {
        Instant since = own.createdAt();
        return services.tasks(wish.name(), status).stream()
                .filter(t -> wish.revision().arn().equals(t.taskDefinitionArn()))
                .filter(t ->
                        t.createdAt() == null || since == null || !t.createdAt().isBefore(since))
                .toList();
    }

    private boolean isHealthy(Task task) {
        return wish.revision().checked()
                ? task.healthStatus() == HealthStatus.HEALTHY
                : task.healthStatus() != HealthStatus.UNHEALTHY;
    }

    /**
     * With a load balancer a replica that runs may not be well; ECS says so by going on. Where it has no stages, it ends what is not well
     * after the grace period: then the ends tell.
     */
    private String stage(ServiceDeploymentBrief own) {
        if (!ServiceAccess.isBalanced(exposure())) {
            return PAST;
        }
        ServiceDeployment deployment = rollouts.describe(wish.name(), own.serviceDeploymentArn());
        if (deployment == null || deployment.lifecycleStage() == null) {
            return "";
        }
        String stage = deployment.lifecycleStageAsString();
        return EARLY.contains(stage) ? stage : PAST;
    }

    private Duration patience() {
        Duration startup = wish.spec().readiness().startupTimeout();
        if (!ServiceAccess.isBalanced(exposure())) {
            return startup;
        }
        Duration margin = startup.compareTo(LEAST_MARGIN) < 0 ? LEAST_MARGIN : startup;
        return startup.plus(margin.compareTo(MOST_MARGIN) > 0 ? MOST_MARGIN : margin);
    }

    private ServiceExposure exposure() {
        return ExposureMapper.of(wish.spec(), wish.settings());
    }

    private PortolanException failed(String why) {
        String reasons = String.join(" | ", reasons());
        return PortolanException.builder(
                        ErrorCode.FAILED,
                        "Revision " + wish.revision().number() + " of service '" + wish.name()
                                + "' did not become ready: "
                                + Stream.of(why, reasons)
                                        .filter(text -> !text.isBlank())
                                        .reduce((a, b) -> a.endsWith(".") ? a + " " + b : a + ". " + b)
                                        .orElse("")
                                + "; look at its logs, mend the spec or the image, and deploy again")
                .provider(ProviderId.AWS.value())
                .resource(wish.name())
                .build();
    }

    /** Why replicas ended; and, if none did, what ECS says last of the service, for example that there is no capacity. */
    private List<String> reasons() {
        try {
            List<String> texts = TaskReasons.texts(services.tasks(wish.name(), DesiredStatus.STOPPED).stream()
                    .filter(t -> wish.revision().arn().equals(t.taskDefinitionArn()))
                    .toList());
            if (!texts.isEmpty()) {
                return texts;
            }
            return services.find(wish.name()).stream()
                    .flatMap(service -> service.events().stream())
                    .map(event -> event.message())
                    .filter(Objects::nonNull)
                    .limit(1)
                    .toList();
        } catch (PortolanException e) {
            LOG.debug("service {}: the reasons of its replicas cannot be read", wish.name(), e);
            return List.of();
        }
    }
}
