package dev.fovea.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.Vectors;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorsMappingTest {
    private static final float[] VALUES = {0, 0.25f, 0.1f, 1, 0.5f, 0.75f};

    @Test
    void float32TravelsLittleEndian() {
        Vectors vectors = VectorsMapping.vectors(FloatBuffer.wrap(VALUES), 3, ElementType.ELEMENT_TYPE_FLOAT32);

        assertThat(vectors.getCount()).isEqualTo(2);
        assertThat(vectors.getDimension()).isEqualTo(3);
        // 0.25f is 0x3E800000.
        assertThat(vectors.getData().substring(4, 8).toByteArray()).containsExactly(0, 0, (byte) 0x80, 0x3E);
        assertThat(VectorsMapping.floats(vectors)).isEqualTo(FloatBuffer.wrap(VALUES));
    }

    @Test
    void unspecifiedIsFloat32() {
        Vectors vectors = VectorsMapping.vectors(FloatBuffer.wrap(VALUES), 3, ElementType.ELEMENT_TYPE_UNSPECIFIED);

        assertThat(vectors.getElementType()).isEqualTo(ElementType.ELEMENT_TYPE_FLOAT32);
    }

    @Test
    void float16TakesHalfTheBytesAndKeepsElevenBits() {
        Vectors vectors = VectorsMapping.vectors(FloatBuffer.wrap(VALUES), 3, ElementType.ELEMENT_TYPE_FLOAT16);

        assertThat(vectors.getData().size()).isEqualTo(12);
        assertThat(VectorsMapping.floats(vectors).array()).containsExactly(VALUES, within(1f / 2048));
    }

    @Test
    void uint8ScalesTheLargestValueTo255() {
        Vectors vectors = VectorsMapping.vectors(FloatBuffer.wrap(VALUES), 3, ElementType.ELEMENT_TYPE_UINT8);

        assertThat(vectors.getScale()).isEqualTo(1f / 255);
        assertThat(vectors.getData().byteAt(3)).isEqualTo((byte) 255);
        assertThat(VectorsMapping.floats(vectors).array()).containsExactly(VALUES, within(0.5f / 255 + 1e-6f));
    }

    @Test
    void uint8CarriesZeros() {
        Vectors vectors = VectorsMapping.vectors(FloatBuffer.allocate(4), 2, ElementType.ELEMENT_TYPE_UINT8);

        assertThat(VectorsMapping.floats(vectors)).isEqualTo(FloatBuffer.allocate(4));
    }

    @Test
    void uint8CarriesNegativeValuesByItsOffset() {
        float[] values = {-0.5f, 0, 0.25f, 0.52f};

        Vectors vectors = VectorsMapping.vectors(FloatBuffer.wrap(values), 4, ElementType.ELEMENT_TYPE_UINT8);

        assertThat(vectors.getOffset()).isEqualTo(-0.5f);
        assertThat(vectors.getData().byteAt(0)).isZero();
        assertThat(vectors.getData().byteAt(3)).isEqualTo((byte) 255);
        assertThat(VectorsMapping.floats(vectors).array()).containsExactly(values, within(0.5f * 1.02f / 255 + 1e-6f));
    }

    @Test
    void readsUint8ByScaleAndOffset() {
        Vectors vectors = Vectors.newBuilder()
                .setElementType(ElementType.ELEMENT_TYPE_UINT8)
                .setDimension(3)
                .setCount(1)
                .setData(ByteString.copyFrom(new byte[] {0, 2, (byte) 255}))
                .setScale(0.5f)
                .setOffset(-1)
                .build();

        assertThat(VectorsMapping.floats(vectors).array()).containsExactly(-1, 0, 126.5f);
    }

    @Test
    void uint8OfEqualNegativeValuesIsThatValue() {
        Vectors vectors =
                VectorsMapping.vectors(FloatBuffer.wrap(new float[] {-2, -2}), 2, ElementType.ELEMENT_TYPE_UINT8);

        assertThat(VectorsMapping.floats(vectors).array()).containsExactly(-2, -2);
    }

    @Test
    void uint8OfAValueThatIsNotFiniteIsRefusedWhenItIsRead() {
        Vectors vectors =
                VectorsMapping.vectors(FloatBuffer.wrap(new float[] {1, Float.NaN}), 2, ElementType.ELEMENT_TYPE_UINT8);

        assertThatThrownBy(() -> VectorsMapping.floats(vectors)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"ELEMENT_TYPE_FLOAT32", "ELEMENT_TYPE_FLOAT16", "ELEMENT_TYPE_UINT8"})
    void noVectorsStayNoVectors(ElementType type) {
        Vectors vectors = VectorsMapping.vectors(FloatBuffer.allocate(0), 128, type);

        assertThat(vectors.getDimension()).isEqualTo(128);
        assertThat(VectorsMapping.floats(vectors).hasRemaining()).isFalse();
    }

    @Test
    void refusesDataOfAnotherLength() {
        Vectors vectors = Vectors.newBuilder()
                .setElementType(ElementType.ELEMENT_TYPE_FLOAT32)
                .setCount(2)
                .setDimension(3)
                .setData(ByteString.copyFrom(new byte[23]))
                .build();

        assertThatThrownBy(() -> VectorsMapping.floats(vectors))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("23 bytes")
                .hasMessageContaining("6 x 4 bytes");
    }

    @Test
    void countTimesDimensionDoesNotWrapAround() {
        Vectors vectors = Vectors.newBuilder()
                .setElementType(ElementType.ELEMENT_TYPE_FLOAT32)
                .setCount(1 << 31)
                .setDimension(1 << 31)
                .build();

        assertThatThrownBy(() -> VectorsMapping.floats(vectors)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void refusesValuesThatAreNotFinite() {
        Vectors vectors = VectorsMapping.vectors(
                FloatBuffer.wrap(new float[] {1, Float.NaN}), 2, ElementType.ELEMENT_TYPE_FLOAT32);

        assertThatThrownBy(() -> VectorsMapping.floats(vectors))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("value 1 of the vectors is NaN");
    }

    @Test
    void refusesAnUnknownElementType() {
        Vectors vectors = Vectors.newBuilder().setElementTypeValue(99).build();

        assertThatThrownBy(() -> VectorsMapping.floats(vectors)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> VectorsMapping.requireKnown(ElementType.UNRECOGNIZED))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void namesElementTypesAsTheConfigurationDoes() {
        assertThat(VectorsMapping.elementType("uint8")).isEqualTo(ElementType.ELEMENT_TYPE_UINT8);
        assertThatThrownBy(() -> VectorsMapping.elementType("float64"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("element type \"float64\" is none of float32, float16, uint8");
    }
}
