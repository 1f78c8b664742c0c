package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Some of the operations of ECS. They are called one at a time, with the lock of the {@link EcsContext} held. */
@FunctionalInterface
public interface EcsOperations {
    /** What answers each operation. */
    Map<String, UnaryOperator<ObjectNode>> operations();
}
