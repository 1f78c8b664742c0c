package io.portolan.images.internal.registry;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The reader of JSON, made when something is read: some hundred classes that a connection without images never needs. */
final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}
}
