package io.portolan.benchmarks.engine;

import io.portolan.Cloud;
import io.portolan.benchmarks.rounds.Contender;
import java.util.concurrent.ExecutorService;

/** The same containers as the tasks of one job. */
public final class SdkTasks implements Contender {
    private final Cloud cloud;
    private final NoOp work;

    /**
     * Jobs over one connection.
     *
     * @param cloud open on the engine; not closed with this
     * @param work what each task runs
     */
    public SdkTasks(Cloud cloud, NoOp work) {
        this.cloud = cloud;
        this.work = work;
    }

    @Override
    public String name() {
        return "SDK, tasks of one job";
    }

    @Override
    public void once() {
        atOnce(1);
    }

    @Override
    public void atOnce(int times, ExecutorService threads) {
        atOnce(times);
    }

    private void atOnce(int times) {
        SdkJobs.finish(SdkJobs.run(cloud, work, times));
    }
}
