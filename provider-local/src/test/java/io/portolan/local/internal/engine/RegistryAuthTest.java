package io.portolan.local.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.AuthConfig;
import io.portolan.image.RegistryCredentials;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A registry login as the engine takes it")
class RegistryAuthTest {
    @Test
    void pair_isUserAndPassword() {
        AuthConfig auth = RegistryAuth.of("r.example", new RegistryCredentials("me", "s3cret"));

        assertThat(auth.getRegistryAddress()).isEqualTo("r.example");
        assertThat(auth.getUsername()).isEqualTo("me");
        assertThat(auth.getPassword()).isEqualTo("s3cret");
        assertThat(auth.getIdentitytoken()).isNull();
    }

    @Test
    void identityToken_isNoPassword() {
        AuthConfig auth = RegistryAuth.of("r.example", new RegistryCredentials("<token>", "t0ken"));

        assertThat(auth.getIdentitytoken()).isEqualTo("t0ken");
        assertThat(auth.getUsername()).isNull();
        assertThat(auth.getPassword()).isNull();
    }

    @Test
    void dockerHub_hasTheAddressOfItsLogins() {
        assertThat(RegistryAuth.of("docker.io", null).getRegistryAddress()).isEqualTo("https://index.docker.io/v1/");
    }

    @Test
    void noCredentials_areAnEmptyLogin() {
        assertThat(RegistryAuth.of("r.example", null).getUsername()).isNull();
        assertThat(RegistryAuth.of("r.example", null).getPassword()).isNull();
    }
}
