package dev.fovea.builder;

import dev.fovea.architectures.Precision;
import dev.fovea.architectures.ServingForm;
import dev.fovea.repository.ElementType;
import java.util.List;
import picocli.CommandLine.Option;

/// In which form a model is wanted; a picocli mixin.
final class FormOptions {

    private enum BatchNorm {
        FOLDED,
        SEPARATE
    }

    @Option(
            names = "--input",
            paramLabel = "TYPE",
            defaultValue = "uint8",
            description = "Element type of the input: uint8 (pixels 0 to 255) or float32 (0 to 1). "
                    + "Default: ${DEFAULT-VALUE}.")
    private ElementType input = ElementType.UINT8;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            defaultValue = "float32",
            description = "Element type of the trunk: float32 or float16 (half the size; heads, norms and sampling "
                    + "stay float32). Default: ${DEFAULT-VALUE}.")
    private Precision precision = Precision.FLOAT32;

    @Option(
            names = "--batch-norm",
            paramLabel = "HOW",
            defaultValue = "folded",
            description = "folded into the convolution before it, or separate. Default: ${DEFAULT-VALUE}.")
    private BatchNorm batchNorm = BatchNorm.FOLDED;

    ServingForm form(List<Integer> buckets) {
        return new ServingForm(input, precision, batchNorm == BatchNorm.FOLDED, buckets);
    }
}
