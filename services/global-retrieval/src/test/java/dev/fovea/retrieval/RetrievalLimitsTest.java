package dev.fovea.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fovea.inference.failure.InvalidInput;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetrievalLimitsTest {
    private static final RetrievalLimits WIDEST = new RetrievalLimits(10_000, 10_000, 100_000);

    @Test
    void aStoredQueryLeavesRoomForItself() {
        assertThat(WIDEST.results(9_999, Set.of(), true)).isEqualTo(9_999);
        assertThat(WIDEST.results(0, Set.of(), true)).isEqualTo(9_999);
        assertThat(WIDEST.results(10_000, Set.of(), false)).isEqualTo(10_000);
    }

    @Test
    void aRefusalSaysWhatTheLimitComesFrom() {
        assertThat(refusal(10_001, Set.of(StoredPart.EMBEDDING), false))
                .isEqualTo("10001 results asked for; the limit is 10000");
        assertThat(refusal(257, Set.of(StoredPart.THUMBNAIL), false))
                .isEqualTo("257 results with thumbnails or local features asked for; the limit is 256");
        assertThat(refusal(10_000, Set.of(), true))
                .isEqualTo("10000 results near a stored image asked for; the limit is 9999");
    }

    private static String refusal(long asked, Set<StoredPart> parts, boolean stored) {
        var refused = catchThrowableOfType(InvalidInput.class, () -> WIDEST.results(asked, parts, stored));
        assertThat(refused.code()).isEqualTo("K_TOO_LARGE");
        return String.valueOf(refused.getMessage());
    }
}
