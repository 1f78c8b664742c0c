package io.portolan.local.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.error.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of Docker Engine 20.10 to 28. */
class RegistryMessagesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Get \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused | UNAVAILABLE",
                "Get \"https://r.invalid/v2/\": dial tcp: lookup r.invalid on 1.1.1.1:53: no such host | UNAVAILABLE",
                "Get \"https://r/v2/\": net/http: TLS handshake timeout | UNAVAILABLE",
                "received unexpected HTTP status: 503 Service Unavailable | UNAVAILABLE",
                "no basic auth credentials | UNAUTHENTICATED",
                "unauthorized: authentication required | UNAUTHENTICATED",
                "unauthorized: incorrect username or password | UNAUTHENTICATED",
                "denied: requested access to the resource is denied | PERMISSION_DENIED",
                "denied: Your authorization token has expired. Reauthenticate and try again. | PERMISSION_DENIED",
                "pull access denied for x, repository does not exist or may require 'docker login' | NOT_FOUND",
                "manifest for 127.0.0.1:5000/x:1 not found: manifest unknown: manifest unknown | NOT_FOUND",
                "name unknown: The repository with name 'x' does not exist in the registry with id '1' | NOT_FOUND",
                "no matching manifest for linux/arm64/v8 in the manifest list entries | UNSUPPORTED",
                "toomanyrequests: You have reached your pull rate limit | THROTTLED",
                "write /var/lib/docker/tmp/x: no space left on device | QUOTA_EXCEEDED",
                "http: server gave HTTP response to HTTPS client | FAILED",
                "x509: certificate signed by unknown authority | FAILED",
                "something new | FAILED",
            })
    void words_becomeACode(String text, ErrorCode code) {
        assertThat(RegistryMessages.code(text)).isEqualTo(code);
    }
}
