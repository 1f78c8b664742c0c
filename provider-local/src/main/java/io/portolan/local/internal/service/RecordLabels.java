package io.portolan.local.internal.service;

import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The names and labels of the records of services, both ways. Pure. */
final class RecordLabels {
    /** What a record is of: {@link Subject}. */
    static final String TYPE = "io.portolan.record";

    /** The number of a generation; on a replica, the newest one when the replica was made. */
    static final String GENERATION = "io.portolan.generation";

    /** The process that is at work. */
    static final String OWNER = "io.portolan.owner";

    /** When it must be done, ISO-8601. */
    static final String DEADLINE = "io.portolan.deadline";

    private static final String REPLICAS = "io.portolan.replicas";
    private static final String PORT = "io.portolan.port";
    private static final String OPERATION = "io.portolan.operation";
    private static final String IMAGE_ID = "io.portolan.image-id";
    private static final String REASON = "io.portolan.reason";

    /** What a record is of. */
    enum Subject {
        REVISION("r"),
        GENERATION("g"),
        FAILURE("f");

        private final String letter;

        Subject(String letter) {
            this.letter = letter;
        }
    }

    private RecordLabels() {}

    /** The volume of a record: only one can have this name, so the first who makes it wins. */
    static String name(String application, String service, Subject type, int number) {
        return "portolan-s-" + application + "_" + service + "_" + type.letter + number;
    }

    static Map<String, String> of(String application, String service, Revision revision) {
        Map<String, String> labels = base(application, service, Subject.REVISION);
        labels.put(Labels.REVISION, Integer.toString(revision.number()));
        labels.put(Labels.SPEC_HASH, revision.specHash());
        labels.put(Labels.SPEC, revision.document());
        labels.put(Labels.CREATED_AT, revision.createdAt().toString());
        labels.put(IMAGE_ID, revision.imageId());
        lease(labels, revision.lease());
        return labels;
    }

    static Map<String, String> of(String application, String service, Generation generation) {
        Map<String, String> labels = base(application, service, Subject.GENERATION);
        labels.put(GENERATION, Integer.toString(generation.number()));
        labels.put(Labels.REVISION, Integer.toString(generation.revision()));
        labels.put(REPLICAS, Integer.toString(generation.replicas()));
        labels.put(PORT, Integer.toString(generation.hostPort()));
        labels.put(OPERATION, generation.operation().name());
        labels.put(Labels.CREATED_AT, generation.createdAt().toString());
        return labels;
    }

    static Map<String, String> failure(String application, String service, int revision, String reason) {
        Map<String, String> labels = base(application, service, Subject.FAILURE);
        labels.put(Labels.REVISION, Integer.toString(revision));
        labels.put(REASON, reason);
        return labels;
    }

    static void lease(Map<String, String> labels, Lease lease) {
        labels.put(OWNER, lease.owner());
        labels.put(DEADLINE, lease.deadline().toString());
    }

    /** Empty if the labels are not those of a revision. */
    static Optional<Revision> revision(Map<String, String> labels) {
        if (!isType(labels, Subject.REVISION)) {
            return Optional.empty();
        }
        return Optional.of(new Revision(
                number(labels, Labels.REVISION),
                text(labels, Labels.SPEC_HASH),
                text(labels, IMAGE_ID),
                text(labels, Labels.SPEC),
                instant(labels, Labels.CREATED_AT),
                lease(labels)));
    }

    /** Empty if the labels are not those of a generation that this version knows. */
    static Optional<Generation> generation(Map<String, String> labels) {
        if (!isType(labels, Subject.GENERATION)) {
            return Optional.empty();
        }
        for (Generation.Operation operation : Generation.Operation.values()) {
            if (operation.name().equals(labels.get(OPERATION))) {
                return Optional.of(new Generation(
                        number(labels, GENERATION),
                        number(labels, Labels.REVISION),
                        number(labels, REPLICAS),
                        number(labels, PORT),
                        operation,
                        instant(labels, Labels.CREATED_AT)));
            }
        }
        return Optional.empty();
    }

    /** The revision that failed; empty if the labels are not those of a failure. */
    static Optional<Integer> failure(Map<String, String> labels) {
        return isType(labels, Subject.FAILURE) ? Optional.of(number(labels, Labels.REVISION)) : Optional.empty();
    }

    static Lease lease(Map<String, String> labels) {
        return new Lease(text(labels, OWNER), instant(labels, DEADLINE));
    }

    static int number(Map<String, String> labels, String name) {
        String text = text(labels, name);
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static Map<String, String> base(String application, String service, Subject type) {
        Map<String, String> labels = Labels.of(application, Kind.RECORD);
        labels.put(Labels.SERVICE, service);
        labels.put(TYPE, type.name());
        return labels;
    }

    private static boolean isType(Map<String, String> labels, Subject type) {
        return Labels.isKind(labels, Kind.RECORD) && type.name().equals(labels.get(TYPE));
    }

    private static String text(Map<String, String> labels, String name) {
        return labels.getOrDefault(name, "");
    }

    /** What cannot be read is long ago: a lease that is over, a record that is old. */
    private static Instant instant(Map<String, String> labels, String name) {
        try {
            return Instant.parse(text(labels, name));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
