package dev.fovea.architectures.dolg;

import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.trunk.ResNet;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import java.util.Arrays;
import java.util.List;

/// What differs between the two published networks: which stages they look at, the local branch, and the
/// names.
sealed interface DolgParts permits SeedParts, OfficialParts {

    String TRUNK = "trunk";
    String HIDDEN = "hidden";
    String OUTPUT = "output";

    int MAX_WIDTH = 8192;

    /// Sizes both have.
    static List<Option> commonOptions() {
        return List.of(
                new Option(TRUNK, "resnet101", Arrays.toString(ResNet.Variant.values()), "residual network below"),
                new Option(
                        HIDDEN, "1024", "1 to " + MAX_WIDTH, "channels of the local and numbers of the global feature"),
                new Option(OUTPUT, "512", "1 to " + MAX_WIDTH, "numbers of the descriptor"));
    }

    static ResNet.Variant trunk(OptionValues options) {
        return options.choice(TRUNK, ResNet.Variant.class);
    }

    static int hidden(OptionValues options) {
        return options.wholeNumber(HIDDEN, 1, MAX_WIDTH);
    }

    static int output(OptionValues options) {
        return options.wholeNumber(OUTPUT, 1, MAX_WIDTH);
    }

    /// One image size.
    ///
    /// @param pixels float32 (N, 3, H, W), normalised
    /// @return float32 (N, output), without norm
    Value apply(Value pixels, WeightScope weights, OptionValues options, Precision precision);
}
