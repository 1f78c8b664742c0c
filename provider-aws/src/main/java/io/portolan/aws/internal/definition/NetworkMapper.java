package io.portolan.aws.internal.definition;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.Capacity;
import io.portolan.spec.WorkloadSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;

/** The network of tasks. Pure. */
public final class NetworkMapper {
    private NetworkMapper() {}

    /**
     * The subnets and security groups of tasks that run where the settings say.
     *
     * @param settings the settings of the workload
     * @return null if no subnets are set: then tasks on EC2 share the network of their instance
     */
    public static @Nullable NetworkConfiguration of(AwsSettings settings) {
        return of(settings, settings.capacity());
    }

    /**
     * The subnets and security groups of the tasks of a spec, which may run elsewhere because it has a GPU.
     *
     * @param spec a job or a service
     * @param settings its settings
     * @return null if no subnets are set
     */
    public static @Nullable NetworkConfiguration of(WorkloadSpec spec, AwsSettings settings) {
        return of(settings, CapacityMapper.of(spec, settings));
    }

    private static @Nullable NetworkConfiguration of(AwsSettings settings, Capacity capacity) {
        List<String> subnets = settings.list(AwsKeys.SUBNETS);
        if (subnets.isEmpty()) {
            return null;
        }
        AwsVpcConfiguration.Builder network = AwsVpcConfiguration.builder().subnets(subnets);
        List<String> groups = settings.list(AwsKeys.SECURITY_GROUPS);
        if (!groups.isEmpty()) {
            network.securityGroups(groups);
        }
        // Tasks on instances cannot have a public address of their own: ECS refuses even to be told so.
        if (capacity.isFargate()) {
            network.assignPublicIp(settings.flag(AwsKeys.PUBLIC_IP) ? AssignPublicIp.ENABLED : AssignPublicIp.DISABLED);
        }
        return NetworkConfiguration.builder()
                .awsvpcConfiguration(network.build())
                .build();
    }
}
