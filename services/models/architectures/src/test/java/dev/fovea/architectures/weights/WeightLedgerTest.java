package dev.fovea.architectures.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.repository.Provenance;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WeightLedgerTest {

    @Test
    void acceptsASourceOfWhichEveryTensorIsUsed() {
        WeightScope weights = scope(Map.of("conv.weight", HeldTensor.of(new float[6], 2, 3)));

        weights.scope("conv").values("weight", 2, 3);

        assertThatCode(weights::requireAllUsedAndFound).doesNotThrowAnyException();
    }

    @Test
    void listsEveryKindOfMismatchAtOnce() {
        WeightScope weights = scope(Map.of(
                "conv.weight", HeldTensor.of(new float[6], 3, 2),
                "scale", HeldTensor.of(new float[1]),
                "fc.weight", HeldTensor.of(new float[2], 2),
                "fc.bias", HeldTensor.of(new float[1], 1),
                "bn.num_batches_tracked", HeldTensor.of(new float[1])));

        assertThat(weights.scope("conv").values("weight", 2, 3)).containsOnly(0).hasSize(6);
        weights.values("scale", 1);
        weights.scope("bn").values("weight", 4);
        weights.scope("bn").values("bias", 4);
        weights.scope("bn").values("bias", 4);

        assertThatThrownBy(weights::requireAllUsedAndFound)
                .isInstanceOf(WeightsException.class)
                .hasMessage("net.pth does not fit the network: 2 missing: bn.{bias (4), weight (4)}; "
                        + "2 misshapen: scale is (), wanted is (1), conv.weight is (3, 2), wanted is (2, 3); "
                        + "2 unused: fc.{bias, weight}");
    }

    @Test
    void listsATensorThatIsAskedForAgainInAnotherShape() {
        WeightScope weights = scope(Map.of("w", HeldTensor.of(new float[6], 2, 3)));
        weights.values("w", 2, 3);
        weights.values("w", 6);

        assertThatThrownBy(weights::requireAllUsedAndFound)
                .hasMessage("net.pth does not fit the network: 1 misshapen: w is (2, 3), wanted is (6)");
    }

    @Test
    void listsHundredsOfTensorsInOneLineByLayer() {
        Map<String, WeightTensor> tensors = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            for (String name : new String[] {"weight", "bias", "running_mean", "running_var"}) {
                tensors.put("layer" + i + ".bn." + name, HeldTensor.of(new float[1], 1));
            }
        }

        assertThatThrownBy(scope(tensors)::requireAllUsedAndFound)
                .hasMessageContaining("400 unused: layer0.bn.{bias, running_mean, running_var, weight}, layer1.bn.{")
                .hasMessageContaining("layer99.bn.{bias, running_mean, running_var, weight}")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void leavesOutWhatTheNetworkSaysItDoesWithout() {
        WeightScope weights = scope(
                Map.of("fc.weight", HeldTensor.of(new float[1], 1), "fcn.weight", HeldTensor.of(new float[1], 1)));

        weights.leave("fc");

        assertThatThrownBy(weights::requireAllUsedAndFound).hasMessageEndingWith("1 unused: fcn.weight");
    }

    @Test
    void takesARankZeroTensorForAScalar() {
        WeightScope weights = scope(Map.of("scale", HeldTensor.of(new float[] {3})));

        assertThat(weights.values("scale")).containsExactly(3);
        assertThatCode(weights::requireAllUsedAndFound).doesNotThrowAnyException();
    }

    private static WeightScope scope(Map<String, WeightTensor> tensors) {
        var origin = new WeightOrigin(Provenance.Kind.TRAINED, "net.pth", Optional.empty(), "unknown");
        return WeightScope.of(new HeldWeights(origin, tensors));
    }
}
