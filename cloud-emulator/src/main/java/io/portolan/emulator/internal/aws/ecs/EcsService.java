package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.ContainerRuntime;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.JsonService;
import io.portolan.emulator.internal.aws.LogSink;
import io.portolan.emulator.internal.aws.ServiceModel;

/** ECS. */
public final class EcsService implements JsonService {
    public EcsService(AwsEmulator aws, EmulatorClock clock, ContainerRuntime containers, LogSink logs) {}

    @Override
    public String targetPrefix() {
        return "AmazonEC2ContainerServiceV20141113";
    }

    @Override
    public String name() {
        return "ecs";
    }

    @Override
    public ObjectNode call(String operation, ObjectNode input) {
        throw ServiceModel.unknownOperation(operation);
    }
}
