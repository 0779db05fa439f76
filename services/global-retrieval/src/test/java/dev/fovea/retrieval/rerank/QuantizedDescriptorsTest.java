package dev.fovea.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.inference.failure.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuantizedDescriptorsTest {

    @Property(tries = 200)
    void noElementMovesByMoreThanHalfAStep(@ForAll @Size(12) List<@FloatRange(min = -1, max = 1) Float> elements) {
        float[] values = new float[12];
        for (int i = 0; i < values.length; i++) {
            values[i] = elements.get(i);
        }

        QuantizedDescriptors quantized = QuantizedDescriptors.of(FloatBuffer.wrap(values), 4);

        float[] kept = quantized.values();
        assertThat(quantized.count()).isEqualTo(3);
        for (int i = 0; i < values.length; i++) {
            assertThat(kept[i]).isCloseTo(values[i], within(quantized.scale() / 2 + 1e-6f));
        }
    }

    @Test
    void equalElementsStayEqual() {
        QuantizedDescriptors zeros = QuantizedDescriptors.of(FloatBuffer.allocate(6), 3);

        assertThat(zeros.values()).containsOnly(0);
    }

    @Test
    void anImageWithoutKeypointsHasNoRows() {
        QuantizedDescriptors none = QuantizedDescriptors.of(FloatBuffer.allocate(0), 128);

        assertThat(none.count()).isZero();
        assertThat(none.dimension()).isEqualTo(128);
    }

    @Test
    void refusesARowThatIsNotFull() {
        assertThatThrownBy(() -> QuantizedDescriptors.of(ByteBuffer.allocate(7), 4, 1, 0))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("7 bytes are not rows of 4");
    }

    @Test
    void refusesAScaleThatIsNotFinite() {
        assertThatThrownBy(() -> QuantizedDescriptors.of(ByteBuffer.allocate(8), 4, Float.NaN, 0))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("scale NaN");
    }
}
