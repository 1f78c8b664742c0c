package io.portolan.emulator.internal.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.aws.AwsFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The protocol JSON 1.1 of AWS: the header {@code X-Amz-Target} tells services and operations apart. Signatures are not checked. */
public final class AwsProtocol implements ResponseDefinitionTransformerV2 {
    /** The name of this extension. */
    public static final String NAME = "aws-json";

    private static final Logger LOG = LoggerFactory.getLogger(AwsProtocol.class);
    private static final String JSON = "application/x-amz-json-1.1";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final AwsEmulator aws;
    private final Map<String, JsonService> services = new HashMap<>();
    private final Map<String, ServiceModel> models = new HashMap<>();

    /**
     * The protocol of some services.
     *
     * @param aws whose faults these are, and who sees the calls
     * @param services all that answer
     */
    public AwsProtocol(AwsEmulator aws, List<JsonService> services) {
        this.aws = aws;
        for (JsonService service : services) {
            this.services.put(service.targetPrefix(), service);
            this.models.put(service.targetPrefix(), ServiceModel.of(service.name()));
        }
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        try {
            return answer(event.getRequest());
        } catch (AwsError error) {
            return error(error);
        } catch (RuntimeException e) {
            LOG.warn("The emulator failed on {}", event.getRequest().getHeader("X-Amz-Target"), e);
            return error(new AwsError(500, "ServerException", "The emulator failed: " + e));
        }
    }

    private ResponseDefinition answer(Request request) {
        if (!request.containsHeader("Authorization")) {
            throw new AwsError(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        }
        String target = request.containsHeader("X-Amz-Target") ? request.getHeader("X-Amz-Target") : "";
        int dot = target.lastIndexOf('.');
        String prefix = target.substring(0, Math.max(dot, 0));
        String operation = target.substring(dot + 1);
        JsonService service = services.get(prefix);
        ServiceModel model = models.get(prefix);
        if (service == null || model == null) {
            throw ServiceModel.unknownOperation(target);
        }
        String name = service.name() + ":" + operation;
        ObjectNode input = read(request.getBodyAsString());
        aws.requests().add(name, input);
        AwsFault fault = aws.faults().take(name).orElse(null);
        if (fault != null && fault.kind() == AwsFault.Kind.ERROR) {
            throw new AwsError(fault.status(), fault.type(), fault.message());
        }
        model.check(operation, input);
        if (fault != null && fault.kind() == AwsFault.Kind.FAILURES) {
            return respond(200, failures(fault)).build();
        }
        ObjectNode output = service.call(operation, input);
        if (fault != null) {
            return ResponseDefinitionBuilder.responseDefinition()
                    .withFault(Fault.CONNECTION_RESET_BY_PEER)
                    .build();
        }
        return respond(200, output).build();
    }

    private static ObjectNode failures(AwsFault fault) {
        ObjectNode output = MAPPER.createObjectNode();
        output.putArray("tasks");
        ObjectNode failure = output.putArray("failures").addObject().put("reason", fault.type());
        if (!fault.message().isEmpty()) {
            failure.put("detail", fault.message());
        }
        return output;
    }

    private static ResponseDefinition error(AwsError error) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("__type", error.type());
        body.put("message", error.text());
        error.members().forEach(body::set);
        return respond(error.status(), body)
                .withHeader("x-amzn-ErrorType", error.type())
                .build();
    }

    private static ResponseDefinitionBuilder respond(int status, JsonNode body) {
        return ResponseDefinitionBuilder.responseDefinition()
                .withStatus(status)
                .withHeader("Content-Type", JSON)
                .withHeader("x-amzn-RequestId", UUID.randomUUID().toString())
                .withBody(body.toString());
    }

    private static ObjectNode read(String body) {
        try {
            if (MAPPER.readTree(body.isBlank() ? "{}" : body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            LOG.debug("Not JSON", e);
        }
        throw new AwsError(400, "SerializationException", "The request is not a JSON object");
    }
}
