package io.portolan.internal.service;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.internal.Waiting;
import io.portolan.run.ServiceDeployment;
import io.portolan.run.ServiceStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Starts changes of services on a bounded pool and gives a handle for each. */
public final class Deployments {
    private final ExecutorService pool;
    private final ExecutorService callbacks;

    /**
     * Deployments on given threads.
     *
     * @param pool runs the blocking calls of drivers
     * @param callbacks runs what users hang on futures
     */
    public Deployments(ExecutorService pool, ExecutorService callbacks) {
        this.pool = pool;
        this.callbacks = callbacks;
    }

    /**
     * Starts a change.
     *
     * @param service the service
     * @param change the blocking call
     * @return a handle
     */
    public ServiceDeployment start(String service, Supplier<ServiceStatus> change) {
        CompletableFuture<ServiceStatus> done = new CompletableFuture<>();
        Runnable run = () -> {
            try {
                done.complete(change.get());
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        };
        try {
            pool.execute(run);
        } catch (RejectedExecutionException e) {
            throw PortolanException.builder(ErrorCode.CANCELLED, "the cloud is closed; connect again")
                    .operation("services.deploy")
                    .resource(service)
                    .cause(e)
                    .build();
        }
        return new Handle(service, done, callbacks);
    }

    private record Handle(String service, CompletableFuture<ServiceStatus> done, ExecutorService callbacks)
            implements ServiceDeployment {
        @Override
        public ServiceStatus awaitReady(Duration atMost) {
            return Waiting.await(
                    done,
                    atMost,
                    () -> PortolanException.builder(
                                    ErrorCode.TIMEOUT,
                                    "service '" + service
                                            + "' is still being deployed; it goes on: wait again or look at its status")
                            .operation("services.awaitReady")
                            .resource(service)
                            .build());
        }

        @Override
        public CompletableFuture<ServiceStatus> ready() {
            return Waiting.detached(done, callbacks);
        }
    }
}
