package io.portolan.testkit.conformance;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import io.portolan.plan.NativeRequest;
import io.portolan.portability.CapabilitySet;
import io.portolan.portability.Finding;
import io.portolan.run.AttemptStatus;
import io.portolan.run.LogSource;
import io.portolan.run.OwnedResource;
import io.portolan.run.PruneReport;
import io.portolan.run.ServiceStatus;
import io.portolan.run.StopReason;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.AttemptLaunch;
import io.portolan.spi.AttemptRef;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.CloudProvider;
import io.portolan.spi.ConfigKey;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ImageDriver;
import io.portolan.spi.JobDriver;
import io.portolan.spi.LogDriver;
import io.portolan.spi.LogPage;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.ServiceDriver;
import io.portolan.spi.TaskLauncher;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A provider and its drivers that do what another one does, for tests that break one thing. */
final class Forwarding {
    private Forwarding() {}

    static class Provider implements CloudProvider {
        final CloudProvider good;

        Provider(CloudProvider good) {
            this.good = good;
        }

        @Override
        public ProviderId id() {
            return good.id();
        }

        @Override
        public CapabilitySet capabilities() {
            return good.capabilities();
        }

        @Override
        public List<ConfigKey> configKeys() {
            return good.configKeys();
        }

        @Override
        public List<Finding> portability(WorkloadSpec spec, ProviderConfig config) {
            return good.portability(spec, config);
        }

        @Override
        public List<NativeRequest> requests(WorkloadSpec spec, ProviderConfig config) {
            return good.requests(spec, config);
        }

        @Override
        public CloudDriver open(ProviderConfig config, DriverContext context) {
            return good.open(config, context);
        }
    }

    static class Driver implements CloudDriver {
        final CloudDriver good;

        Driver(CloudDriver good) {
            this.good = good;
        }

        @Override
        public JobDriver jobs() {
            return good.jobs();
        }

        @Override
        public ServiceDriver services() {
            return good.services();
        }

        @Override
        public LogDriver logs() {
            return good.logs();
        }

        @Override
        public ImageDriver images() {
            return good.images();
        }

        @Override
        public List<OwnedResource> list() {
            return good.list();
        }

        @Override
        public PruneReport prune(boolean dryRun) {
            return good.prune(dryRun);
        }

        @Override
        public <T> Optional<T> unwrap(Class<T> type) {
            return good.unwrap(type);
        }

        @Override
        public void close() {
            good.close();
        }
    }

    static class Launcher implements TaskLauncher {
        final TaskLauncher good;

        Launcher(TaskLauncher good) {
            this.good = good;
        }

        @Override
        public ExecutionRecord claim(ExecutionRecord wanted) {
            return good.claim(wanted);
        }

        @Override
        public Optional<ExecutionRecord> find(ExecutionId id) {
            return good.find(id);
        }

        @Override
        public List<ExecutionRecord> executions() {
            return good.executions();
        }

        @Override
        public void markCancelled(ExecutionId id) {
            good.markCancelled(id);
        }

        @Override
        public List<AttemptStatus> list(ExecutionId id) {
            return good.list(id);
        }

        @Override
        public AttemptStatus launch(AttemptLaunch launch) {
            return good.launch(launch);
        }

        @Override
        public List<AttemptStatus> describe(Collection<AttemptRef> attempts) {
            return good.describe(attempts);
        }

        @Override
        public int describeBatchSize() {
            return good.describeBatchSize();
        }

        @Override
        public void stop(AttemptRef attempt, StopReason reason, Duration grace) {
            good.stop(attempt, reason, grace);
        }

        @Override
        public void delete(ExecutionId id) {
            good.delete(id);
        }

        @Override
        public Subscription watch(Consumer<AttemptKey> changed) {
            return good.watch(changed);
        }
    }

    static class Services implements ServiceDriver {
        final ServiceDriver good;

        Services(ServiceDriver good) {
            this.good = good;
        }

        @Override
        public ServiceStatus deploy(ServiceRequest request) {
            return good.deploy(request);
        }

        @Override
        public Optional<ServiceStatus> describe(String name) {
            return good.describe(name);
        }

        @Override
        public Optional<String> document(String name, int revision) {
            return good.document(name, revision);
        }

        @Override
        public List<String> services() {
            return good.services();
        }

        @Override
        public ServiceStatus scale(String name, int replicas) {
            return good.scale(name, replicas);
        }

        @Override
        public ServiceStatus rollback(String name, int revision) {
            return good.rollback(name, revision);
        }

        @Override
        public void delete(String name) {
            good.delete(name);
        }
    }

    static class Logs implements LogDriver {
        final LogDriver good;

        Logs(LogDriver good) {
            this.good = good;
        }

        @Override
        public LogPage readTask(ExecutionId execution, LogSource source, @Nullable String after, int limit) {
            return good.readTask(execution, source, after, limit);
        }

        @Override
        public List<LogSource> serviceSources(String service) {
            return good.serviceSources(service);
        }

        @Override
        public LogPage readService(String service, LogSource source, @Nullable String after, int limit) {
            return good.readService(service, source, after, limit);
        }
    }
}
