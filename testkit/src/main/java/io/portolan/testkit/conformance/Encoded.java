package io.portolan.testkit.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The form in which test programs show values, so that any text survives the way through logs. */
final class Encoded {
    private Encoded() {}

    static String line(String name, String value) {
        return name + "=" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
