package io.portolan.emulator.internal.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The long-running operations of one API. Used with the lock of the {@link GcpContext} held. */
public final class Operations {
    // More than a soak test reads back, and little enough for its memory.
    private static final int KEPT = 20_000;

    private final Map<String, Operation> operations = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Operation> eldest) {
            return size() > KEPT;
        }
    };

    /** An operation that goes on. */
    public static final class Operation {
        private final String name;
        private final Supplier<ObjectNode> metadata;
        private @Nullable ObjectNode last;
        private @Nullable JsonNode response;
        private @Nullable JsonNode error;

        private Operation(String name, Supplier<ObjectNode> metadata) {
            this.name = name;
            this.metadata = metadata;
        }

        /**
         * Ends it well, if it goes on.
         *
         * @param result with its {@code @type}
         */
        public void succeed(ObjectNode result) {
            if (!isDone()) {
                last = metadata.get();
                response = result;
            }
        }

        /**
         * Ends it with an error, if it goes on.
         *
         * @param status a {@code google.rpc.Status}
         */
        public void fail(ObjectNode status) {
            if (!isDone()) {
                last = metadata.get();
                error = status;
            }
        }

        /** Whether it has ended. */
        public boolean isDone() {
            return response != null || error != null;
        }

        /** As {@code operations.get} tells it. */
        public ObjectNode view() {
            ObjectNode view = JsonNodeFactory.instance.objectNode();
            view.put("name", name);
            ObjectNode kept = last;
            ObjectNode now = kept == null ? metadata.get() : kept;
            if (!now.isEmpty()) {
                view.set("metadata", now.deepCopy());
            }
            if (isDone()) {
                view.put("done", true);
            }
            JsonNode ended = response;
            if (ended != null) {
                view.set("response", ended.deepCopy());
            }
            JsonNode failed = error;
            if (failed != null) {
                view.set("error", failed.deepCopy());
            }
            return view;
        }
    }

    /**
     * Begins an operation.
     *
     * @param location such as {@code projects/p/locations/l}
     * @param metadata what it tells while it goes on, with its {@code @type}; asked each time
     */
    public Operation begin(String location, Supplier<ObjectNode> metadata) {
        Operation operation = new Operation(location + "/operations/" + UUID.randomUUID(), metadata);
        operations.put(operation.name, operation);
        return operation;
    }

    /**
     * Answers the methods of operations.
     *
     * @param request of a method whose name ends as in {@code operations.get}
     */
    public ObjectNode call(RestRequest request) {
        String name = request.pathValue("name");
        String verb = request.method().substring(request.method().lastIndexOf('.') + 1);
        switch (verb) {
            // Whoever waits asks again, since the answer may come before the operation has ended.
            case "get", "wait" -> {
                return find(name).view();
            }
            case "list" -> {
                List<ObjectNode> found = operations.values().stream()
                        .filter(operation -> operation.name.startsWith(name + "/"))
                        .map(Operation::view)
                        .toList();
                return Pages.of("operations", found, request, 100);
            }
            case "delete", "cancel" -> {
                find(name);
                if (verb.equals("delete")) {
                    operations.remove(name);
                }
                return JsonNodeFactory.instance.objectNode();
            }
            default -> throw GcpError.of(501, "UNIMPLEMENTED", "The emulator has no " + request.method());
        }
    }

    /**
     * An object with the type that operations need.
     *
     * @param type such as {@code google.cloud.run.v2.Job}
     * @param value its members
     */
    public static ObjectNode typed(String type, ObjectNode value) {
        ObjectNode typed = JsonNodeFactory.instance.objectNode();
        typed.put("@type", "type.googleapis.com/" + type);
        typed.setAll(value.deepCopy());
        return typed;
    }

    private Operation find(String name) {
        Operation found = operations.get(name);
        if (found == null) {
            throw GcpError.notFound("Operation not found: " + name);
        }
        return found;
    }
}
