package io.portolan.emulator.internal.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsModel;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses requests that do not fit the official model of a service. */
public final class ServiceModel {
    private final AwsModel model;

    private ServiceModel(AwsModel model) {
        this.model = model;
    }

    /**
     * The model of a service.
     *
     * @param service {@code ecs}, {@code ecr} or {@code logs}
     */
    public static ServiceModel of(String service) {
        return new ServiceModel(AwsModel.of(service));
    }

    /** What {@code X-Amz-Target} begins with, without the dot. */
    public String targetPrefix() {
        return model.targetPrefix();
    }

    /**
     * Checks a request.
     *
     * @param operation its name
     * @param input what was sent
     * @throws AwsError if the service has no such operation or the input does not fit
     */
    public void check(String operation, ObjectNode input) {
        if (!model.has(operation)) {
            throw unknownOperation(operation);
        }
        List<AwsModel.Violation> violations = model.check(operation, input);
        if (violations.isEmpty()) {
            return;
        }
        boolean malformed =
                violations.stream().anyMatch(violation -> violation.kind() == AwsModel.Violation.Kind.MALFORMED);
        String problems = violations.stream().map(AwsModel.Violation::toString).collect(Collectors.joining("; "));
        throw new AwsError(
                400,
                malformed ? "SerializationException" : "InvalidParameterException",
                violations.size() + " validation error" + (violations.size() == 1 ? "" : "s") + " detected: "
                        + problems);
    }

    /**
     * The error for an operation that is not there.
     *
     * @param operation its name
     */
    public static AwsError unknownOperation(String operation) {
        return new AwsError(400, "UnknownOperationException", "Unknown operation " + operation);
    }
}
