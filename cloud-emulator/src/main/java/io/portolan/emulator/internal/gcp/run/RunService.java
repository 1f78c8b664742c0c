package io.portolan.emulator.internal.gcp.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.GcpError;
import io.portolan.emulator.internal.gcp.Operations;
import io.portolan.emulator.internal.gcp.RestRequest;
import io.portolan.emulator.internal.gcp.RestService;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The Cloud Run Admin API, version 2. Its parts share the operations. */
public final class RunService implements RestService {
    private final GcpContext context;
    private final Operations operations = new Operations();
    private final Map<String, Function<RestRequest, ObjectNode>> methods = new TreeMap<>();

    /**
     * An API that has operations only.
     *
     * @param context with the lock that is held in each call
     */
    public RunService(GcpContext context) {
        this.context = context;
        add("run.operations.", operations::call);
    }

    /** The operations of all parts. */
    public Operations operations() {
        return operations;
    }

    /**
     * Adds a part.
     *
     * @param prefix of the methods, such as {@code run.jobs.}; the longest one counts
     * @param part answers, with the lock held
     */
    public void add(String prefix, Function<RestRequest, ObjectNode> part) {
        methods.put(prefix, part);
    }

    @Override
    public String api() {
        return "run";
    }

    @Override
    public ObjectNode call(RestRequest request) {
        String prefix = methods.keySet().stream()
                .filter(request.method()::startsWith)
                .reduce("", (longest, next) -> next.length() > longest.length() ? next : longest);
        Function<RestRequest, ObjectNode> part = methods.get(prefix);
        if (part == null) {
            throw GcpError.of(501, "UNIMPLEMENTED", "The emulator has no " + request.method());
        }
        return context.locked(() -> part.apply(request));
    }
}
