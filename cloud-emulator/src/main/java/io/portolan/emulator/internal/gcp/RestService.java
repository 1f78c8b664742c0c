package io.portolan.emulator.internal.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An API of Google Cloud. */
public interface RestService {
    /** The name of its discovery document, such as {@code run}. */
    String api();

    /**
     * Answers a call that fits the discovery document.
     *
     * @param request what was sent
     * @return what is answered, with enums as names
     * @throws GcpError if the API refuses
     */
    ObjectNode call(RestRequest request);
}
