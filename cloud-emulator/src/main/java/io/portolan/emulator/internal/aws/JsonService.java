package io.portolan.emulator.internal.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A service of AWS that speaks JSON. */
public interface JsonService {
    /** What {@code X-Amz-Target} begins with, without the dot. */
    String targetPrefix();

    /** The short name, such as {@code ecs}. */
    String name();

    /**
     * Answers a call whose input fits the service's model.
     *
     * @param operation such as {@code RunTask}
     * @param input what was sent
     * @return what is answered
     * @throws AwsError if the service refuses
     */
    ObjectNode call(String operation, ObjectNode input);
}
