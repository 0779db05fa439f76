package dev.fovea.architectures;

import dev.fovea.repository.ElementType;
import java.util.List;

/// In which form a model is wanted, whatever its architecture.
///
/// @param input UINT8 (images as (N, H, W, 3), 0 to 255) or FLOAT32 (images as (N, 3, H, W), 0 to 1)
/// @param foldBatchNorm whether batch normalisation becomes part of the convolution before it
/// @param batchBuckets ascending; empty for the architecture's default
public record ServingForm(ElementType input, Precision precision, boolean foldBatchNorm, List<Integer> batchBuckets) {

    /// Bytes in, float32 inside, batch normalisation folded, the architecture's buckets.
    public static final ServingForm DEFAULT = new ServingForm(ElementType.UINT8, Precision.FLOAT32, true, List.of());

    /// @throws IllegalArgumentException if the input is neither UINT8 nor FLOAT32
    public ServingForm {
        batchBuckets = List.copyOf(batchBuckets);
        if (input != ElementType.UINT8 && input != ElementType.FLOAT32) {
            throw new IllegalArgumentException("a model takes UINT8 or FLOAT32, not " + input);
        }
    }

    public ServingForm withInput(ElementType newInput) {
        return new ServingForm(newInput, precision, foldBatchNorm, batchBuckets);
    }

    public ServingForm withPrecision(Precision newPrecision) {
        return new ServingForm(input, newPrecision, foldBatchNorm, batchBuckets);
    }

    public ServingForm withBuckets(List<Integer> newBuckets) {
        return new ServingForm(input, precision, foldBatchNorm, newBuckets);
    }

    public ServingForm withBatchNormFolded(boolean fold) {
        return new ServingForm(input, precision, fold, batchBuckets);
    }
}
