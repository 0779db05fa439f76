package dev.fovea.kafka.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void keepsTheTraceAndItsFlagsUnderASpanOfItsOwn() {
        UUID result = UUID.fromString("b7ad6b71-6920-5333-8000-000000000000");

        assertThat(TraceParent.parse("00-" + TRACE + "-00f067aa0ba902b7-01").map(parent -> parent.continuedBy(result)))
                .contains("00-" + TRACE + "-b7ad6b7169205333-01");
    }

    @Test
    void readsLaterVersionsAsFarAsTheyAreKnown() {
        assertThat(TraceParent.parse("01-" + TRACE + "-00f067aa0ba902b7-01-what-comes-later"))
                .contains(new TraceParent(TRACE, "01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-abc",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01",
                "00-0AF7651916CD43DD8448EB211C80319C-00f067aa0ba902b7-01"
            })
    void ignoresWhatIsNone(String text) {
        assertThat(TraceParent.parse(text)).isEmpty();
    }
}
