package io.portolan.examples.quickstart;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.portolan.Cloud;
import io.portolan.id.ExecutionId;
import io.portolan.run.OwnedResource;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Removes what this program made, now or in an earlier run that was killed. */
final class CleanUp {

    private static final Duration CANCELLED = Duration.ofMinutes(1);

    private final Cloud cloud;
    private final Progress progress;

    CleanUp(Cloud cloud, Progress progress) {
        this.cloud = cloud;
        this.progress = progress;
    }

    /** Removes everything of the application; how many things that were. */
    int run() {
        List<OwnedResource> before = cloud.list();
        if (!before.isEmpty()) {
            progress.say("removing %d things", before.size());
        }
        cloud.services().list().forEach(cloud.services()::delete);
        cloud.jobs().list().forEach(this::remove);
        cloud.prune();
        removeVolumes();
        return before.size();
    }

    /** Removes the image too, and checks that nothing is left. */
    void runCompletely() {
        int removed = run();
        removeImage(cloud.application() + "/weather:1");
        List<OwnedResource> left = cloud.list();
        if (!left.isEmpty()) {
            throw new QuickstartFailure("not everything could be removed: " + names(left));
        }
        progress.say("removed %d things and the image; nothing is left", removed);
    }

    private void remove(ExecutionId id) {
        cloud.jobs().find(id).ifPresent(execution -> {
            if (!execution.status().phase().isTerminal()) {
                progress.say("stopping execution %s", id);
                execution.cancel();
                execution.await(CANCELLED);
            }
            execution.delete();
        });
    }

    /** Portolan never removes a user's data by itself; this program knows that its volume holds nothing else. */
    private void removeVolumes() {
        DockerClient docker = docker();
        for (OwnedResource resource : cloud.list()) {
            if (resource.kind().equals("volume")) {
                docker.removeVolumeCmd(resource.name()).exec();
            }
        }
    }

    private void removeImage(String reference) {
        try {
            docker().removeImageCmd(reference).exec();
        } catch (NotFoundException e) {
            progress.say("image %s was gone already", reference);
        }
    }

    /** What Portolan does not cover is done with the vendor's own client. */
    private DockerClient docker() {
        return cloud.unwrap(DockerClient.class)
                .orElseThrow(() -> new QuickstartFailure("provider " + cloud.provider() + " has no Docker client"));
    }

    static String names(List<OwnedResource> resources) {
        return resources.stream().map(r -> r.kind() + " " + r.name()).collect(Collectors.joining(", "));
    }
}
