package io.portolan.gcp.internal.portability;

import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.config.OptionNames;
import io.portolan.gcp.internal.definition.Limits;
import io.portolan.gcp.internal.definition.ProbeMapper;
import io.portolan.gcp.internal.definition.ServiceMapper;
import io.portolan.gcp.internal.definition.SizeMapper;
import io.portolan.portability.Finding.Kind;
import io.portolan.spec.Exposure;
import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import io.portolan.spec.ServiceSpec;
import java.util.List;

/** How a service is reached, checked and scaled. Pure. */
final class ServiceFindings {
    private final ServiceSpec spec;
    private final GcpSettings settings;
    private final Limits limits;
    private final FindingList findings;

    ServiceFindings(ServiceSpec spec, GcpSettings settings, FindingList findings) {
        this.spec = spec;
        this.settings = settings;
        this.limits = Limits.of(settings);
        this.findings = findings;
    }

    void all() {
        if (spec.port().protocol() == Port.Protocol.TCP) {
            findings.reject(
                    "port",
                    "Cloud Run answers HTTP, and the port speaks TCP",
                    "use Port.http, with option http2 for gRPC",
                    Sources.CONTAINER);
        }
        exposure();
        if (!(spec.readiness().check() instanceof Probe.Exec)) {
            readiness(spec.readiness());
        }
        spec.liveness().ifPresent(this::liveness);
        number(OptionNames.CONCURRENCY, Limits.CONCURRENCY);
        number(OptionNames.REQUEST_TIMEOUT, Limits.REQUEST_TIMEOUT);
        allocation();
    }

    private void exposure() {
        if (spec.exposure() == Exposure.INTERNAL) {
            findings.adjust(
                    "exposure",
                    ServiceMapper.isUnchecked(spec, settings)
                            ? "reached from the project's VPC networks only, by anyone there"
                            : "reached from the project's VPC networks only, with an identity token of a caller who may"
                                    + " invoke it; option invokerCheck false goes without",
                    Sources.INGRESS);
        } else if (!ServiceMapper.isUnchecked(spec, settings) && !ServiceMapper.needsBinding(spec, settings)) {
            findings.adjust(
                    "exposure",
                    "PUBLIC, but option invokerCheck asks for an identity token of a caller who may invoke it",
                    Sources.INGRESS);
        } else if (ServiceMapper.needsBinding(spec, settings)) {
            findings.add(
                    "exposure",
                    Kind.NATIVE,
                    "by a binding of allUsers to roles/run.invoker, which an organisation's policy may forbid",
                    null,
                    Sources.INGRESS);
        }
    }

    private void readiness(Probe readiness) {
        List<String> changes = ProbeMapper.startupChanges(readiness);
        if (!changes.isEmpty()) {
            findings.adjust("readiness", String.join(", ", changes), ProbeMapper.SOURCE);
        }
        if (!ServiceMapper.isWatched(spec, settings) && readiness.check() instanceof Probe.HttpGet) {
            findings.adjust("readiness", "checked while a replica starts, and not after it", Sources.PROBE);
        }
        if (settings.optionFlag(OptionNames.READINESS_PROBE).orElse(false)
                && readiness.check() instanceof Probe.TcpConnect) {
            findings.ignore(
                    "options.gcp." + OptionNames.READINESS_PROBE,
                    "after the start Cloud Run checks by HTTP only, and readiness is a connection");
        }
    }

    private void liveness(Probe liveness) {
        if (liveness.check() instanceof Probe.TcpConnect) {
            findings.add(
                    "liveness",
                    Kind.ADJUSTED,
                    "Cloud Run does not connect to see whether a replica lives: it is replaced when its process ends",
                    "use Probe.http",
                    Sources.PROBE);
        } else if (liveness.check() instanceof Probe.HttpGet) {
            List<String> changes = ProbeMapper.runningChanges(liveness);
            if (!changes.isEmpty()) {
                findings.adjust("liveness", String.join(", ", changes), ProbeMapper.SOURCE);
            }
        }
    }

    private void number(String option, String limit) {
        long most = limits.value(limit);
        settings.option(option)
                .filter(text -> text.matches("[0-9]{1,9}") && Long.parseLong(text) > most)
                .ifPresent(text -> findings.reject(
                        "options.gcp." + option,
                        "was '" + text + "', and Cloud Run takes at most " + most,
                        "write less, or set portolan.gcp.limits." + limit + " if Cloud Run takes more now",
                        Sources.QUOTAS));
    }

    private void allocation() {
        boolean asked = settings.option(OptionNames.CPU_ALLOCATION)
                .filter("REQUESTS"::equals)
                .isPresent();
        if (asked && !SizeMapper.isIdle(spec, settings)) {
            findings.ignore("options.gcp." + OptionNames.CPU_ALLOCATION, "beside a GPU the CPU is always allocated");
        }
        boolean fraction =
                SizeMapper.fit(spec, settings).filter(size -> size.isFraction()).isPresent();
        if (fraction
                && settings.option(OptionNames.CONCURRENCY)
                        .filter(text -> !text.equals("1"))
                        .isPresent()) {
            findings.ignore(
                    "options.gcp." + OptionNames.CONCURRENCY,
                    "with less than one CPU a replica answers one request at a time");
        }
    }
}
