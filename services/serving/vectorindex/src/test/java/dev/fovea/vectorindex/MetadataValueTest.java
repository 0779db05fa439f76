package dev.fovea.vectorindex;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetadataValueTest {

    @Test
    void thereIsOneZero() {
        assertThat(new MetadataValue.OfNumber(-0.0)).isEqualTo(new MetadataValue.OfNumber(0.0));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-17T10:00:00.000999999Z, 2026-05-17T10:00:00Z",
        "2026-05-17T10:00:00.001Z, 2026-05-17T10:00:00.001Z",
        "1969-12-31T23:59:59.999000001Z, 1969-12-31T23:59:59.999Z",
    })
    void timesAreCutToTheMillisecondAlsoBefore1970(Instant given, Instant kept) {
        var value = new MetadataValue.OfTime(given);

        assertThat(value.time()).isEqualTo(kept).isEqualTo(Instant.ofEpochMilli(given.toEpochMilli()));
    }
}
