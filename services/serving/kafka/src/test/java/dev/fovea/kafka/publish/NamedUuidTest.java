package dev.fovea.kafka.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamedUuidTest {

    @Test
    void isAVersion5Uuid() {
        assertThat(NamedUuid.of("photo-1").version()).isEqualTo(5);
        assertThat(NamedUuid.of("photo-1").variant()).isEqualTo(2);
    }

    @Test
    void followsFromTheNamesAndTheirBorders() {
        assertThat(NamedUuid.of("a", "bc")).isEqualTo(NamedUuid.of("a", "bc"));
        assertThat(NamedUuid.of("a", "bc")).isNotEqualTo(NamedUuid.of("ab", "c"));
    }
}
