package dev.fovea.architectures.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.architectures.Precision;
import dev.fovea.architectures.trunk.ResNet.Variant;
import dev.fovea.architectures.trunk.Vgg16.End;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sizes, names and numbers of weights, against torchvision's.
class TrunkStructureTest {

    private final AskedWeights weights = new AskedWeights();

    private List<Shape> stages(Trunk trunk, long height, long width) {
        Value pixels = new Graph("trunk").input("x", DataType.FLOAT32, Shape.batchOf(3, height, width));
        return trunk.apply(pixels, WeightScope.of(weights), Precision.FLOAT32).stages().stream()
                .map(Value::shape)
                .toList();
    }

    /// Of torchvision's published parameter counts, less those of the classifiers.
    @ParameterizedTest
    @CsvSource({
        "resnet18, 11176512",
        "resnet34, 21284672",
        "resnet50, 23508032",
        "resnet101, 42500160",
        "resnet152, 58143808",
        "vgg16, 14714688",
        "mobilenetv2, 2223872"
    })
    void everyTrunkHasAsManyTrainedNumbersAsTorchvisions(String name, long numbers) {
        stages(Trunks.named(name), 64, 64);

        assertThat(weights.trained()).isEqualTo(numbers);
    }

    @Test
    void resNet18DoublesChannelsAsItHalvesSizes() {
        assertThat(stages(new ResNet(Variant.RESNET18, Naming.TORCHVISION), 224, 224))
                .containsExactly(
                        Shape.batchOf(64, 112, 112),
                        Shape.batchOf(64, 56, 56),
                        Shape.batchOf(128, 28, 28),
                        Shape.batchOf(256, 14, 14),
                        Shape.batchOf(512, 7, 7));
    }

    @Test
    void resNet50HasFourTimesTheChannelsAndRoundsOddSizesUp() {
        assertThat(stages(new ResNet(Variant.RESNET50, Naming.TORCHVISION), 225, 100))
                .containsExactly(
                        Shape.batchOf(64, 113, 50),
                        Shape.batchOf(256, 57, 25),
                        Shape.batchOf(512, 29, 13),
                        Shape.batchOf(1024, 15, 7),
                        Shape.batchOf(2048, 8, 4));
    }

    @Test
    void resNetIsNamedAsTorchvisionOrAsASequential() {
        stages(new ResNet(Variant.RESNET50, Naming.TORCHVISION), 32, 32);
        assertThat(weights.asked())
                .hasSize(53 * 5) // convolutions, each with four tensors of batch norm
                .containsEntry("conv1.weight", Shape.of(64, 3, 7, 7))
                .containsEntry("bn1.running_var", Shape.of(64))
                .containsEntry("layer1.0.conv1.weight", Shape.of(64, 64, 1, 1))
                .containsEntry("layer1.0.downsample.0.weight", Shape.of(256, 64, 1, 1))
                .containsEntry("layer4.2.conv3.weight", Shape.of(2048, 512, 1, 1))
                .doesNotContainKey("layer1.1.downsample.0.weight");

        weights.asked().clear();
        stages(new ResNet(Variant.RESNET18, Naming.SEQUENTIAL), 32, 32);
        assertThat(weights.asked())
                .hasSize(20 * 5)
                .containsKeys("0.weight", "1.running_mean", "4.0.conv1.weight", "7.0.downsample.1.bias")
                .doesNotContainKeys("4.0.downsample.0.weight", "2.weight", "3.weight");
    }

    @Test
    void resNetThatStopsEarlyAsksForNoDeeperWeights() {
        assertThat(stages(new ResNet(Variant.RESNET50, Naming.TORCHVISION).upTo(4), 64, 64))
                .hasSize(4);
        assertThat(weights.asked().keySet())
                .anyMatch(name -> name.startsWith("layer3."))
                .noneMatch(name -> name.startsWith("layer4."));
        assertThatThrownBy(() -> new ResNet(Variant.RESNET50, Naming.TORCHVISION, 6))
                .hasMessage("stage 6 of resnet50 is outside 1 to 5");
    }

    @Test
    void vgg16EndsBeforeOrAfterItsLastPool() {
        assertThat(stages(new Vgg16(Naming.TORCHVISION, End.RELU), 448, 448))
                .containsExactly(
                        Shape.batchOf(64, 448, 448),
                        Shape.batchOf(128, 224, 224),
                        Shape.batchOf(256, 112, 112),
                        Shape.batchOf(512, 56, 56),
                        Shape.batchOf(512, 28, 28));
        assertThat(stages(new Vgg16(Naming.TORCHVISION, End.POOL), 448, 448))
                .hasSize(6)
                .endsWith(Shape.batchOf(512, 14, 14));
    }

    @Test
    void vgg16CountsConvolutionsActivationsAndPools() {
        stages(new Vgg16(Naming.TORCHVISION, End.RELU), 32, 32);
        assertThat(weights.asked())
                .hasSize(13 * 2)
                .containsKeys("features.0.weight", "features.2.bias", "features.5.weight", "features.28.weight");

        weights.asked().clear();
        stages(new Vgg16(Naming.SEQUENTIAL, End.CONVOLUTION), 32, 32);
        assertThat(weights.asked()).hasSize(13 * 2).containsKeys("0.weight", "28.bias");
    }

    @Test
    void mobileNetV2ListsTheStagesOfItsTable() {
        assertThat(stages(new MobileNetV2(Naming.TORCHVISION), 224, 224))
                .containsExactly(
                        Shape.batchOf(16, 112, 112),
                        Shape.batchOf(24, 56, 56),
                        Shape.batchOf(32, 28, 28),
                        Shape.batchOf(96, 14, 14),
                        Shape.batchOf(1280, 7, 7));
        assertThat(weights.asked())
                .hasSize(52 * 5)
                .containsEntry("features.0.0.weight", Shape.of(32, 3, 3, 3))
                .containsEntry("features.1.conv.0.0.weight", Shape.of(32, 1, 3, 3))
                .containsEntry("features.1.conv.1.weight", Shape.of(16, 32, 1, 1))
                .containsEntry("features.2.conv.1.0.weight", Shape.of(96, 1, 3, 3))
                .containsEntry("features.17.conv.2.weight", Shape.of(320, 960, 1, 1))
                .containsEntry("features.17.conv.3.running_mean", Shape.of(320))
                .containsEntry("features.18.1.weight", Shape.of(1280));
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThereAre() {
        assertThatThrownBy(() -> Trunks.named("alexnet"))
                .hasMessage("no trunk \"alexnet\"; there is [resnet18, resnet34, resnet50, resnet101, resnet152,"
                        + " vgg16, mobilenetv2, sift]");
    }

    @Test
    void theSameScopeGivesTheSameConstants() {
        var graph = new Graph("twice");
        Value pixels = graph.input("x", DataType.FLOAT32, Shape.batchOf(3, 64, 64));
        WeightScope scope = WeightScope.of(weights);
        Trunk trunk = Trunks.named("mobilenetv2");
        trunk.apply(pixels, scope, Precision.FLOAT32);
        weights.asked().clear();

        trunk.apply(pixels, scope, Precision.FLOAT32);

        assertThat(weights.asked()).as("tensors asked for a second time").isEmpty();
    }
}
