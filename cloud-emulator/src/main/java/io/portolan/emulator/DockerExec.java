package io.portolan.emulator;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs commands in containers on Docker. */
final class DockerExec {
    private static final Logger LOG = LoggerFactory.getLogger(DockerExec.class);

    private DockerExec() {}

    /** Whether a command ends with 0 in time. */
    static boolean run(DockerClient docker, String container, List<String> command, Duration limit) {
        try {
            String id = docker.execCreateCmd(container)
                    .withCmd(command.toArray(new String[0]))
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .exec()
                    .getId();
            try (ResultCallback.Adapter<Frame> output = docker.execStartCmd(id).exec(new Quiet())) {
                if (!output.awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
            Long code = docker.inspectExecCmd(id).exec().getExitCodeLong();
            return code != null && code == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.debug("Could not run a command in a container", e);
        }
        return false;
    }

    /** A container may end while a command is on its way, which is no error here: the command did not end with 0. */
    private static final class Quiet extends ResultCallback.Adapter<Frame> {
        @Override
        public void onError(Throwable failure) {
            LOG.debug("A command did not run", failure);
            onComplete();
        }
    }
}
