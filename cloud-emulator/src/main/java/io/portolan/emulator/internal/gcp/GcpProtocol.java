package io.portolan.emulator.internal.gcp;

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
import io.portolan.emulator.gcp.GcpEmulator;
import io.portolan.emulator.gcp.GcpFault;
import io.portolan.emulator.gcp.GcpMethod;
import io.portolan.emulator.gcp.GcpModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * REST as Google's APIs speak it: the paths of the discovery documents, methods in {@code X-HTTP-Method-Override}, enums as numbers where
 * a client asks for them. Credentials are not checked.
 */
public final class GcpProtocol implements ResponseDefinitionTransformerV2 {
    /** The name of this extension. */
    public static final String NAME = "gcp-rest";

    private static final Logger LOG = LoggerFactory.getLogger(GcpProtocol.class);
    private static final String OVERRIDE = "X-HTTP-Method-Override";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final GcpEmulator gcp;
    private final List<RestService> services;

    /**
     * The protocol of some APIs.
     *
     * @param gcp whose faults these are, and who sees the calls
     * @param services all that answer
     */
    public GcpProtocol(GcpEmulator gcp, List<RestService> services) {
        this.gcp = gcp;
        this.services = List.copyOf(services);
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
        Request request = event.getRequest();
        try {
            return answer(request);
        } catch (GcpError error) {
            return respond(error.status(), error.body()).build();
        } catch (RuntimeException e) {
            LOG.warn("The emulator failed on {} {}", request.getMethod(), request.getUrl(), e);
            return respond(
                            500,
                            GcpError.of(500, "INTERNAL", "The emulator failed: " + e)
                                    .body())
                    .build();
        }
    }

    private ResponseDefinition answer(Request request) {
        String url = request.getUrl();
        int mark = url.indexOf('?');
        String path = mark < 0 ? url : url.substring(0, mark);
        Map<String, String> query = Query.of(mark < 0 ? "" : url.substring(mark + 1));
        String httpMethod = request.containsHeader(OVERRIDE)
                ? request.getHeader(OVERRIDE)
                : request.getMethod().getName();
        for (RestService service : services) {
            GcpMethod method = GcpModel.of(service.api()).find(httpMethod, path).orElse(null);
            if (method != null) {
                return answer(service, method, path, query, read(request.getBodyAsString()));
            }
        }
        throw GcpError.notFound("Method not found.");
    }

    private ResponseDefinition answer(
            RestService service, GcpMethod method, String path, Map<String, String> query, ObjectNode body) {
        Map<String, String> parameters = new LinkedHashMap<>(query);
        Map<String, String> inPath = method.pathParameters(path);
        parameters.putAll(inPath);
        gcp.requests().add(method.name(), parameters, body);
        GcpFault fault = gcp.faults().take(method.name()).orElse(null);
        if (fault != null && fault.kind() == GcpFault.Kind.ERROR) {
            throw error(fault);
        }
        if (fault != null && fault.kind() == GcpFault.Kind.RESET) {
            return reset();
        }
        GcpModel model = GcpModel.of(service.api());
        RequestCheck check = new RequestCheck(model, method);
        check.checkQuery(query);
        check.checkBody(body);
        ObjectNode answer =
                service.call(new RestRequest(method.name(), inPath, query, model.normalized(method.name(), body)));
        if (fault != null && fault.kind() == GcpFault.Kind.ERROR_AFTER_EFFECT) {
            throw error(fault);
        }
        if (fault != null && fault.kind() == GcpFault.Kind.LOST_RESPONSE) {
            return reset();
        }
        JsonNode written = query.getOrDefault("$alt", "").contains("enum-encoding=int")
                ? model.numbered(method.name(), answer)
                : answer;
        ResponseDefinitionBuilder response = respond(200, written);
        if (fault != null) {
            response.withFixedDelay((int) fault.delay().toMillis());
        }
        return response.build();
    }

    private static GcpError error(GcpFault fault) {
        GcpError error = GcpError.of(fault.status(), fault.code(), fault.message());
        return fault.reason().isEmpty() ? error : error.because(fault.reason(), fault.metadata());
    }

    private static ResponseDefinition reset() {
        return ResponseDefinitionBuilder.responseDefinition()
                .withFault(Fault.CONNECTION_RESET_BY_PEER)
                .build();
    }

    private static ResponseDefinitionBuilder respond(int status, JsonNode body) {
        return ResponseDefinitionBuilder.responseDefinition()
                .withStatus(status)
                .withHeader("Content-Type", "application/json; charset=UTF-8")
                .withBody(body.toPrettyString());
    }

    private static ObjectNode read(String body) {
        try {
            if (MAPPER.readTree(body.isBlank() ? "{}" : body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            LOG.debug("Not JSON", e);
        }
        throw GcpError.invalid("Invalid JSON payload received. Unexpected token.");
    }
}
