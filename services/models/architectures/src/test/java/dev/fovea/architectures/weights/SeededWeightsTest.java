package dev.fovea.architectures.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.repository.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeededWeightsTest {

    /// Computed by another program from the rule in models.md, prefix `golden:`.
    @ParameterizedTest
    @CsvSource({
        "bn1.running_var,  64,       0,    1.4568376541137695",
        "bn1.running_mean, 64,       1,    -0.07231549918651581",
        "fc.bias,          10,       2,    -0.04566611722111702",
        "bn1.weight,       64,       0,    0.4089736044406891",
        "conv1.weight,     64 3 7 7, 0,    0.052281454205513",
        "conv1.weight,     64 3 7 7, 9407, 0.173981711268425",
        "fc.weight,        10 512,   5,    0.05464933440089226",
        "scale,            '',       0,    0.5702937841415405"
    })
    void followsTheRuleForEveryKindOfParameter(String name, String sizes, int index, float expected) {
        long[] shape = sizes.isEmpty()
                ? new long[0]
                : java.util.Arrays.stream(sizes.split(" "))
                        .mapToLong(Long::parseLong)
                        .toArray();

        WeightTensor tensor = new SeededWeights("golden:").find(name, shape).orElseThrow();

        assertThat(tensor.values()[index]).isEqualTo(expected);
    }

    @Test
    void isMarkedAsNoAnswer() {
        assertThat(new SeededWeights("golden:").origin().kind()).isEqualTo(Provenance.Kind.SEEDED);
    }
}
