package io.portolan.testkit.conformance;

import io.portolan.id.ExecutionId;
import io.portolan.plan.NativeRequest;
import io.portolan.portability.Capability;
import io.portolan.portability.CapabilitySet;
import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import io.portolan.run.PruneReport;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.CloudProvider;
import io.portolan.spi.DriverContext;
import io.portolan.spi.LogDriver;
import io.portolan.spi.LogPage;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.ServiceDriver;
import io.portolan.spi.TaskLauncher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drivers and providers that do one thing wrong. */
final class BrokenDrivers {
    private BrokenDrivers() {}

    /** Drops the last line of each page. */
    static LogDriver losesLines(LogDriver good) {
        return new Forwarding.Logs(good) {
            @Override
            public LogPage readTask(ExecutionId execution, LogSource source, @Nullable String after, int limit) {
                LogPage page = good.readTask(execution, source, after, limit);
                int size = page.lines().size();
                if (size < 2) {
                    return page;
                }
                List<LogLine> lines = new ArrayList<>(page.lines());
                List<String> positions = new ArrayList<>(page.positions());
                lines.remove(size - 2);
                positions.remove(size - 2);
                return new LogPage(lines, positions, page.hasMore(), page.complete());
            }
        };
    }

    /** Goes back by one line when it is read from a position. */
    static LogDriver repeatsLines(LogDriver good) {
        return new Forwarding.Logs(good) {
            @Override
            public LogPage readTask(ExecutionId execution, LogSource source, @Nullable String after, int limit) {
                boolean first = after == null || !after.startsWith("!");
                String position = after == null ? null : after.replace("!", "");
                String from = first && position != null
                        ? Integer.toString(Math.max(0, Integer.parseInt(position) - 1))
                        : position;
                return good.readTask(execution, source, from, limit);
            }
        };
    }

    static LogDriver readsOneReplica(LogDriver good) {
        return new Forwarding.Logs(good) {
            @Override
            public List<LogSource> serviceSources(String service) {
                return good.serviceSources(service).stream().limit(1).toList();
            }
        };
    }

    /** Takes the old revision away before the new one is there. */
    static ServiceDriver dropsTheOldFirst(ServiceDriver good) {
        return new Forwarding.Services(good) {
            @Override
            public ServiceStatus deploy(ServiceRequest request) {
                good.delete(request.spec().name());
                return good.deploy(request);
            }
        };
    }

    static ServiceDriver doesNotScale(ServiceDriver good) {
        return new Forwarding.Services(good) {
            @Override
            public ServiceStatus scale(String name, int replicas) {
                return good.describe(name).orElseThrow();
            }
        };
    }

    static ServiceDriver doesNotRollBack(ServiceDriver good) {
        return new Forwarding.Services(good) {
            @Override
            public ServiceStatus rollback(String name, int revision) {
                return good.describe(name).orElseThrow();
            }
        };
    }

    static ServiceDriver keepsDeleted(ServiceDriver good) {
        return new Forwarding.Services(good) {
            @Override
            public void delete(String name) {}
        };
    }

    /** Removes nothing but says that it did. */
    static CloudDriver pretendsToPrune(CloudDriver good) {
        return new Forwarding.Driver(good) {
            @Override
            public PruneReport prune(boolean dryRun) {
                return good.prune(true);
            }
        };
    }

    static CloudDriver prunesOnADryRun(CloudDriver good) {
        return new Forwarding.Driver(good) {
            @Override
            public PruneReport prune(boolean dryRun) {
                return good.prune(false);
            }
        };
    }

    /** Calls its platform when it is opened. */
    static CloudProvider connectsEagerly(CloudProvider good) {
        return new Forwarding.Provider(good) {
            @Override
            public CloudDriver open(ProviderConfig config, DriverContext context) {
                CloudDriver driver = good.open(config, context);
                ((TaskLauncher) driver.jobs()).executions();
                return driver;
            }
        };
    }

    /** Shows in its requests what stands behind the names of secrets. */
    static CloudProvider leaksSecrets(CloudProvider good) {
        return new Forwarding.Provider(good) {
            @Override
            public List<NativeRequest> requests(WorkloadSpec spec, ProviderConfig config) {
                return good.requests(spec, config).stream()
                        .map(r -> new NativeRequest(
                                r.operation(), r.target(), r.body().replace("***", "s3cr3t-value")))
                        .toList();
            }
        };
    }

    static CloudProvider mixesApplications(CloudProvider good) {
        return new Forwarding.Provider(good) {
            @Override
            public CloudDriver open(ProviderConfig config, DriverContext context) {
                return good.open(
                        new ProviderConfig(
                                "shared",
                                good.configKeys(),
                                java.util.Map.of(
                                        "reachable", config.text("reachable").orElse("true"))),
                        context);
            }
        };
    }

    /** Can do it, but says that it cannot. */
    static CloudProvider deniesACapability(CloudProvider good) {
        return new Forwarding.Provider(good) {
            @Override
            public CapabilitySet capabilities() {
                return CapabilitySet.allExcept(Capability.RUN_AS_USER);
            }
        };
    }
}
