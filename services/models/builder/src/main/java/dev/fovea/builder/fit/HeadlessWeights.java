package dev.fovea.builder.fit;

import dev.fovea.architectures.weights.HeldTensor;
import dev.fovea.architectures.weights.WeightOrigin;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.onnx.shape.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A trunk's weights without the head that is yet to be fitted: what is missing, or has another shape than the
/// network wants, reads as zeros and is noted.
///
/// Mutable, for one thread.
final class HeadlessWeights implements WeightSource {

    private static final int SHOWN = 8;

    private final WeightSource trunk;
    private final Map<String, Shape> lacking = new TreeMap<>();

    HeadlessWeights(WeightSource trunk) {
        this.trunk = trunk;
    }

    @Override
    public WeightOrigin origin() {
        return trunk.origin();
    }

    @Override
    public Set<String> names() {
        return trunk.names();
    }

    @Override
    public Optional<WeightTensor> find(String name, long... sizes) {
        Shape wanted = Shape.of(sizes);
        Optional<WeightTensor> found =
                trunk.find(name, sizes).filter(tensor -> tensor.shape().equals(wanted));
        if (found.isPresent()) {
            return found;
        }
        lacking.put(name, wanted);
        return Optional.of(HeldTensor.of(new float[Math.toIntExact(wanted.fixedElements())], sizes));
    }

    /// The name of the one linear layer that the trunk lacks: `fc` for `fc.weight` and `fc.bias`.
    ///
    /// @throws IllegalArgumentException listing what is lacking, unless it is one linear layer
    String linearLayer(String architecture) {
        List<String> layers = new ArrayList<>();
        for (Map.Entry<String, Shape> tensor : lacking.entrySet()) {
            String layer = tensor.getKey().replaceFirst("\\.?weight$", "");
            boolean linear = tensor.getKey().endsWith("weight")
                    && tensor.getValue().rank() == 2
                    && lacking.containsKey(tensor.getKey().replaceFirst("weight$", "bias"));
            if (linear) {
                layers.add(layer);
            }
        }
        if (layers.size() != 1 || lacking.size() != 2) {
            throw new IllegalArgumentException("fit head fits one linear layer; of " + architecture + " "
                    + lacking.size()
                    + " tensors are lacking (--weights gives the trunk's): "
                    + some(lacking.keySet()));
        }
        return layers.getFirst();
    }

    /// @param prefix of the names that may be lacking
    /// @throws IllegalArgumentException listing what else is lacking
    void requireLacking(String architecture, String prefix) {
        List<String> others = lacking.keySet().stream()
                .filter(name -> !name.startsWith(prefix))
                .toList();
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(others.size() + " tensors of " + architecture
                    + "'s trunk are lacking (--weights gives them): " + some(others));
        }
    }

    private static String some(Collection<String> names) {
        return String.join(", ", names.stream().limit(SHOWN).toList()) + (names.size() > SHOWN ? ", ..." : "");
    }

    /// What it was made of.
    WeightSource trunk() {
        return trunk;
    }
}
