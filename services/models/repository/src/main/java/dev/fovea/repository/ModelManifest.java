package dev.fovea.repository;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A model's description of itself, kept as JSON in the ONNX file's metadata under [#METADATA_KEY].
///
/// @param name lower case letters, digits and hyphens, at most 63
/// @param version positive
/// @param task for example `patch-description`
/// @param architecture for example `siftnet`
/// @param parameters the architecture's options by name; of a classifier also `scores`: `logits` or
///     `probabilities`; [#EXPLAINS] where some outputs only explain
/// @param inputs in the graph's order; every one leads with the batch dimension
/// @param outputs in the graph's order: the [#answers], then the [#explanations]
/// @param labels class names in the order of the scores; empty where there are none
/// @param outputNormalization `l2` if rows of the first output have unit norm, `none` if the service must
///     normalise
/// @param batchBuckets the batch sizes the model is run at, ascending
/// @param paper citation of what the architecture follows
/// @param sample recorded answer for the health check
public record ModelManifest(
        String name,
        int version,
        String task,
        String architecture,
        Map<String, String> parameters,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        PreprocessingSpec preprocessing,
        List<String> labels,
        String outputNormalization,
        List<Integer> batchBuckets,
        Provenance provenance,
        String paper,
        Optional<StoredSample> sample) {

    /// Key of the manifest in the ONNX file's `metadata_props`.
    public static final String METADATA_KEY = "fovea.manifest";

    /// Key in [#parameters] of the names of the last outputs, in their order, separated by commas without spaces:
    /// those that only explain the answer (maps, resampled images). They are fetched for callers who ask.
    public static final String EXPLAINS = "explains";

    private static final int MAX_NAME = 63;
    private static final Set<String> NORMALIZATIONS = Set.of("l2", "none");

    /// @throws IllegalArgumentException naming the field, its value and what is allowed
    public ModelManifest {
        require(
                name.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?") && name.length() <= MAX_NAME,
                "model name \"" + name + "\" must be 1 to 63 lower case letters, digits and inner hyphens");
        require(version >= 1, "model version " + version + " is below 1");
        parameters = Map.copyOf(parameters);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        labels = List.copyOf(labels);
        batchBuckets = List.copyOf(batchBuckets);
        require(!inputs.isEmpty(), "model " + name + " has no input");
        require(!outputs.isEmpty(), "model " + name + " has no output");
        require(
                NORMALIZATIONS.contains(outputNormalization),
                "output normalization \"" + outputNormalization + "\" of model " + name
                        + " must be \"l2\" or \"none\"");
        require(!batchBuckets.isEmpty(), "model " + name + " has no batch bucket");
        int last = 0;
        for (int bucket : batchBuckets) {
            require(
                    bucket > last,
                    "batch buckets " + batchBuckets + " of model " + name + " must be positive and ascending");
            last = bucket;
        }
        for (TensorSpec input : inputs) {
            requireBufferFits(name, input, last);
        }
        for (TensorSpec output : outputs) {
            requireBufferFits(name, output, last);
        }
        requireExplanationsLast(name, parameters, outputs);
    }

    private static void requireExplanationsLast(String name, Map<String, String> parameters, List<TensorSpec> outputs) {
        List<String> explaining = explaining(parameters);
        List<String> all = outputs.stream().map(TensorSpec::name).toList();
        require(
                explaining.size() < all.size()
                        && all.subList(all.size() - explaining.size(), all.size())
                                .equals(explaining),
                "parameter \"" + EXPLAINS + "\" of model " + name + " is \"" + String.join(",", explaining)
                        + "\", but must name the last of the outputs " + all
                        + ", in their order, and leave at least the first to answer");
    }

    private static List<String> explaining(Map<String, String> parameters) {
        return Optional.ofNullable(parameters.get(EXPLAINS))
                .map(names -> List.of(names.split(",", -1)))
                .orElse(List.of());
    }

    private static void requireBufferFits(String name, TensorSpec tensor, int rows) {
        require(
                (long) rows * tensor.itemBytes() <= TensorSpec.MAX_BYTES,
                "batch bucket " + rows + " of model " + name + ": as many rows of " + tensor.name() + ", "
                        + tensor.itemBytes() + " bytes each, are above the " + TensorSpec.MAX_BYTES
                        + " bytes of one buffer");
    }

    /// The outputs that answer, at least one; the first is what callers rely on.
    public List<TensorSpec> answers() {
        return outputs.subList(0, outputs.size() - explaining(parameters).size());
    }

    /// The outputs that only explain the answer; empty where there are none.
    public List<TensorSpec> explanations() {
        return outputs.subList(answers().size(), outputs.size());
    }

    public int maxBatch() {
        return batchBuckets.getLast();
    }

    /// The smallest bucket that holds `rows` items.
    ///
    /// @throws IllegalArgumentException if no bucket does
    public int bucketFor(int rows) {
        for (int bucket : batchBuckets) {
            if (bucket >= rows) {
                return bucket;
            }
        }
        throw new IllegalArgumentException("batch of " + rows + " rows is above the largest bucket " + maxBatch());
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
