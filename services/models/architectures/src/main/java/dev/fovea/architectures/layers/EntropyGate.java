package dev.fovea.architectures.layers;

import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.op.Order;
import dev.fovea.onnx.op.Reduce;
import dev.fovea.onnx.shape.Shape;
import java.util.Arrays;
import java.util.List;

/// Chooses whose maps to trust: the best class alone where the scores are clear, else the best few alike.
///
/// Clear is `sum of p ln p > limit` over the best classes, p the softmax of the scores; `p ln p` is 0 where p
/// is 0. Fewer classes than `best` are all taken.
///
/// Source: Ding et al., "Selective Sparse Sampling for Fine-grained Image Recognition", ICCV 2019, eq. 2 and
/// 3; S3N `generate_map`: five classes, limit -0.2.
///
/// **Shape:** (N, K) to (N, 1, K): the weight of each class's map. **Range:** 0 to 1, sum 1.
public record EntropyGate(int best, float limit) {

    /// What was chosen, and why.
    ///
    /// @param weights of each class's map, (N, 1, K)
    /// @param reason (N, 2): the sum of `p ln p`, from `-ln best` to 0; 1 if it is the best class alone, else 0
    public record Choice(Value weights, Value reason) {}

    /// As published.
    public static final EntropyGate DEFAULT = new EntropyGate(5, -0.2f);

    /// Smallest normal float32: `p ln p` is 0 from here on.
    private static final float TINY = Float.MIN_NORMAL;

    public Value apply(Value scores) {
        return choice(scores).weights();
    }

    /// As [#apply], with the reason.
    public Choice choice(Value scores) {
        Graph graph = scores.graph();
        long classes = scores.shape().size(1);
        int taken = (int) Math.min(best, classes);
        Order.TopK top = Order.topK(Elementwise.softmax(scores, 1), taken, 1);
        Value share = top.values(); // (N, B)
        Value logarithm = Elementwise.log(Elementwise.max(share, graph.scalar(TINY)));
        Value clearness = Reduce.sum(Elementwise.mul(share, logarithm), 1); // (N, 1)
        Value isClear = Elementwise.greater(clearness, graph.scalar(limit));
        Value byRank = Elementwise.where(isClear, bestAlone(graph, taken), allAlike(graph, taken)); // (N, B)
        Value numbers = graph.constant("classes", ascending(classes), Shape.of(1, 1, classes));
        Value isRanked = Elementwise.equal(Layout.unsqueeze(top.indices(), 2), numbers); // (N, B, K)
        Value weights = Linear.matMul(Layout.unsqueeze(byRank, 1), Elementwise.cast(isRanked, DataType.FLOAT32));
        Value reason = Layout.concat(List.of(clearness, Elementwise.cast(isClear, DataType.FLOAT32)), 1);
        return new Choice(weights, reason);
    }

    private static Value bestAlone(Graph graph, int taken) {
        float[] weights = new float[taken];
        weights[0] = 1;
        return graph.constant("best_alone", weights, Shape.of(1, taken));
    }

    private static Value allAlike(Graph graph, int taken) {
        float[] weights = new float[taken];
        Arrays.fill(weights, 1f / taken);
        return graph.constant("all_alike", weights, Shape.of(1, taken));
    }

    private static long[] ascending(long count) {
        long[] numbers = new long[Math.toIntExact(count)];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }
}
