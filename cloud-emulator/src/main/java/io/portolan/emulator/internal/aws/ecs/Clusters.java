package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/** Clusters. One called {@code default}, with Fargate's capacity providers, is there from the beginning. Used with the lock held. */
public final class Clusters implements EcsOperations {
    private static final String DEFAULT = "default";
    private static final String NAME = "[a-zA-Z0-9_-]{1,255}";

    private final Tags tags;
    private final Map<String, ObjectNode> clusters = new TreeMap<>();
    private final Map<String, ToIntFunction<String>> counts = new LinkedHashMap<>();

    Clusters(Tags tags) {
        this.tags = tags;
        ObjectNode first = Json.object();
        first.set("capacityProviders", Json.list(List.of("FARGATE", "FARGATE_SPOT")));
        create(first);
    }

    /**
     * Adds a number to the description of clusters.
     *
     * @param member such as {@code activeServicesCount}
     * @param count by the name of the cluster
     */
    public void count(String member, ToIntFunction<String> count) {
        counts.put(member, count);
    }

    /**
     * The name of a cluster.
     *
     * @param input whose member {@code cluster} is a name or an ARN or missing
     * @throws AwsError if there is no such cluster
     */
    public String require(JsonNode input) {
        String name = Arns.last(Json.text(input, "cluster", DEFAULT));
        ObjectNode cluster = clusters.get(name);
        if (cluster == null || !"ACTIVE".equals(Json.text(cluster, "status"))) {
            throw new AwsError(400, "ClusterNotFoundException", "Cluster not found.");
        }
        return name;
    }

    /** The capacity providers of a cluster. */
    public JsonNode capacityProviders(String cluster) {
        return clusters.getOrDefault(cluster, Json.object()).path("capacityProviders");
    }

    /** The strategy of a cluster for tasks that name none. */
    public JsonNode defaultStrategy(String cluster) {
        return clusters.getOrDefault(cluster, Json.object()).path("defaultCapacityProviderStrategy");
    }

    @Override
    public Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of(
                "CreateCluster", this::create,
                "DescribeClusters", this::describe,
                "ListClusters", this::list,
                "DeleteCluster", this::delete,
                "PutClusterCapacityProviders", this::putProviders);
    }

    private ObjectNode create(ObjectNode input) {
        String name = Json.text(input, "clusterName", DEFAULT);
        if (!name.matches(NAME)) {
            throw AwsError.invalidParameter("Cluster name contains invalid characters.");
        }
        ObjectNode cluster = clusters.get(name);
        if (cluster == null || !"ACTIVE".equals(Json.text(cluster, "status"))) {
            cluster = Json.object();
            cluster.put("clusterArn", Arns.cluster(name))
                    .put("clusterName", name)
                    .put("status", "ACTIVE");
            Json.copy(input, cluster, "settings", "configuration", "capacityProviders");
            Json.copy(input, cluster, "defaultCapacityProviderStrategy", "serviceConnectDefaults");
            Json.emptyList(cluster, "settings", "capacityProviders", "defaultCapacityProviderStrategy", "statistics");
            tags.register(Arns.cluster(name), input.path("tags"));
            clusters.put(name, cluster);
        }
        return answer(name, true);
    }

    private ObjectNode describe(ObjectNode input) {
        List<String> names = Json.texts(input, "clusters");
        ObjectNode output = Json.object();
        ArrayNode found = output.putArray("clusters");
        ArrayNode failures = output.putArray("failures");
        for (String name : names == null || names.isEmpty() ? List.of(DEFAULT) : names) {
            String last = Arns.last(name);
            if (clusters.containsKey(last)) {
                found.add(view(last, Json.contains(input.path("include"), "TAGS")));
            } else {
                failures.addObject().put("arn", Arns.cluster(last)).put("reason", "MISSING");
            }
        }
        return output;
    }

    private ObjectNode list(ObjectNode input) {
        List<String> arns = clusters.values().stream()
                .filter(cluster -> "ACTIVE".equals(Json.text(cluster, "status")))
                .map(cluster -> Json.text(cluster, "clusterArn", ""))
                .toList();
        return Pages.of(input, "clusterArns", arns);
    }

    private ObjectNode delete(ObjectNode input) {
        String name = require(input);
        if (count("activeServicesCount", name) > 0) {
            throw new AwsError(
                    400,
                    "ClusterContainsServicesException",
                    "The Cluster cannot be deleted while Services are active.");
        }
        if (count("runningTasksCount", name) + count("pendingTasksCount", name) > 0) {
            throw new AwsError(
                    400, "ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.");
        }
        clusters.getOrDefault(name, Json.object()).put("status", "INACTIVE");
        return answer(name, false);
    }

    private ObjectNode putProviders(ObjectNode input) {
        String name = require(input);
        ObjectNode cluster = clusters.getOrDefault(name, Json.object());
        for (JsonNode item : input.path("defaultCapacityProviderStrategy")) {
            if (!Json.contains(input.path("capacityProviders"), Json.text(item, "capacityProvider", ""))) {
                throw AwsError.invalidParameter(
                        "The capacity provider strategy names a capacity provider that is not to be associated.");
            }
        }
        Json.copy(input, cluster, "capacityProviders", "defaultCapacityProviderStrategy");
        return answer(name, false);
    }

    private ObjectNode answer(String name, boolean withTags) {
        ObjectNode output = Json.object();
        output.set("cluster", view(name, withTags));
        return output;
    }

    private ObjectNode view(String name, boolean withTags) {
        ObjectNode view = clusters.getOrDefault(name, Json.object()).deepCopy();
        view.put("registeredContainerInstancesCount", 0);
        for (String member : List.of("runningTasksCount", "pendingTasksCount", "activeServicesCount")) {
            view.put(member, count(member, name));
        }
        view.set("tags", withTags ? tags.of(Arns.cluster(name)) : Json.array());
        return view;
    }

    private int count(String member, String cluster) {
        return counts.getOrDefault(member, name -> 0).applyAsInt(cluster);
    }
}
