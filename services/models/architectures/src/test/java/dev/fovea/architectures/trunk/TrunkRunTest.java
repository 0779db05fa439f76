package dev.fovea.architectures.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.architectures.Precision;
import dev.fovea.architectures.layers.GlobalAveragePool;
import dev.fovea.architectures.layers.LayerRun;
import dev.fovea.architectures.trunk.ResNet.Variant;
import dev.fovea.architectures.trunk.Vgg16.End;
import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.architectures.weights.WeightOrigin;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.repository.StoredSample;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trunks with seeded weights in ONNX Runtime.
class TrunkRunTest {

    private static final int SIDE = 64;
    private static final int PIXELS = 3 * SIDE * SIDE;

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "mobilenetv2"})
    void anImageHasTheSameFeaturesAloneAndInABatch(String name) throws Exception {
        float[] images = images(3);
        float[] together = features(Trunks.named(name), Precision.FLOAT32, images);
        int length = together.length / 3;

        for (int i = 0; i < 3; i++) {
            float[] alone = features(
                    Trunks.named(name), Precision.FLOAT32, Arrays.copyOfRange(images, i * PIXELS, (i + 1) * PIXELS));

            float[] row = Arrays.copyOfRange(together, i * length, (i + 1) * length);
            assertThat(largestDifference(alone, row)).as("image %d", i).isLessThan(1e-5 * largest(row));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "mobilenetv2"})
    void halfPrecisionKeepsTheDirectionOfTheFeatures(String name) throws Exception {
        float[] image = images(1);

        float[] full = features(Trunks.named(name), Precision.FLOAT32, image);
        float[] half = features(Trunks.named(name), Precision.FLOAT16, image);

        assertThat(cosine(full, half)).isGreaterThan(0.999);
        assertThat(half).as("halves differ from floats somewhere").isNotEqualTo(full);
    }

    @Test
    void bothNamingsReadTheSameNetwork() throws Exception {
        float[] image = images(1);
        WeightScope sequential = WeightScope.of(new Torchvision(new SeededWeights("")));

        float[] one = features(new ResNet(Variant.RESNET18, Naming.TORCHVISION), Precision.FLOAT32, image);
        float[] other = LayerRun.run(
                x -> new GlobalAveragePool()
                        .apply(new ResNet(Variant.RESNET18, Naming.SEQUENTIAL)
                                .apply(x, sequential, Precision.FLOAT32)
                                .last()),
                image,
                1,
                3,
                SIDE,
                SIDE);

        assertThat(other).isEqualTo(one);
    }

    /// A source that is asked in the Sequential's names and holds torchvision's.
    private record Torchvision(WeightSource source) implements WeightSource {

        @Override
        public WeightOrigin origin() {
            return source.origin();
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public Optional<WeightTensor> find(String name, long... sizes) {
            int dot = name.indexOf('.');
            int index = Integer.parseInt(name.substring(0, dot));
            String part = index == 0 ? "conv1" : index == 1 ? "bn1" : "layer" + (index - 3);
            return source.find(part + name.substring(dot), sizes);
        }
    }

    @Test
    void vgg16WithoutItsLastActivationIsNegativeSomewhere() throws Exception {
        float[] image = images(1);

        float[] cut = features(new Vgg16(Naming.TORCHVISION, End.CONVOLUTION), Precision.FLOAT32, image);
        float[] whole = features(new Vgg16(Naming.TORCHVISION, End.RELU), Precision.FLOAT32, image);

        assertThat(smallest(cut)).isNegative();
        assertThat(smallest(whole)).isNotNegative();
    }

    /// Channel means of the last stage.
    private static float[] features(Trunk trunk, Precision precision, float... images) throws Exception {
        WeightScope weights = WeightScope.of(new SeededWeights(""));
        return LayerRun.run(
                x -> new GlobalAveragePool()
                        .apply(trunk.apply(x, weights, precision).last()),
                images,
                images.length / PIXELS,
                3,
                SIDE,
                SIDE);
    }

    /// Pixels of about zero mean and unit variance, as after normalisation.
    private static float[] images(int count) {
        float[] pixels = new float[count * PIXELS];
        for (int i = 0; i < pixels.length; i++) {
            double unit = (StoredSample.splitMix64(17, i) >>> 40) / (double) (1 << 24);
            pixels[i] = (float) ((unit - 0.5) * Math.sqrt(12));
        }
        return pixels;
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return dot / Math.sqrt(aa * bb);
    }

    private static double largestDifference(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            worst = Math.max(worst, Math.abs((double) a[i] - b[i])); // NaN stays
        }
        return worst;
    }

    private static double largest(float[] a) {
        return largestDifference(a, new float[a.length]);
    }

    private static float smallest(float[] a) {
        float least = Float.POSITIVE_INFINITY;
        for (float value : a) {
            least = Math.min(least, value);
        }
        return least;
    }
}
