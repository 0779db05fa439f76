package dev.fovea.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.fovea.inference.session.SessionException;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a file without a manifest really answers: its outputs' sizes, which the file may leave open, learned by
/// running it once on zeros.
///
/// It serves nothing; a model in a repository is loaded by [OnnxRuntimeLoader].
public final class GraphProbe {

    private static final int ROWS = 2;

    private GraphProbe() {}

    /// Runs two items on the processor, or as many as the file's fixed batch size asks for. Any platform thread.
    ///
    /// @param input the file's only input; its sizes are asked for where the file leaves them open
    /// @return the outputs in the file's order, without the batch dimension
    /// @throws SessionException if ONNX Runtime refuses the file, or an output is no tensor of a known element type
    ///     whose first size is the batch's
    public static List<TensorSpec> outputs(byte[] onnx, TensorSpec input) throws SessionException {
        OrtEnvironment environment = OnnxRuntime.environment();
        try (OrtSession.SessionOptions options =
                        ProviderSetup.open(List.of(ExecutionProvider.Cpu.withThreads(1)), environment.getVersion());
                OrtSession session = environment.createSession(onnx, options)) {
            int rows = rows(session, input);
            try (OnnxTensor zeros = zeros(environment, input, rows);
                    OrtSession.Result result = session.run(Map.of(input.name(), zeros))) {
                List<TensorSpec> outputs = new ArrayList<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.add(spec(output.getKey(), output.getValue(), rows));
                }
                return outputs;
            }
        } catch (OrtException refused) {
            throw new SessionException("ONNX Runtime refuses it: " + refused.getMessage(), refused, false);
        }
    }

    private static int rows(OrtSession session, TensorSpec input) throws OrtException {
        NodeInfo node = session.getInputInfo().get(input.name());
        long batch = node != null && node.getInfo() instanceof TensorInfo tensor && tensor.getShape().length > 0
                ? tensor.getShape()[0]
                : -1;
        return batch > 0 ? Math.toIntExact(batch) : ROWS;
    }

    private static OnnxTensor zeros(OrtEnvironment environment, TensorSpec input, int rows) throws OrtException {
        long[] shape = new long[input.itemShape().size() + 1];
        shape[0] = rows;
        for (int i = 1; i < shape.length; i++) {
            shape[i] = input.itemShape().get(i - 1);
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(input.itemBytes(), rows))
                .order(ByteOrder.nativeOrder());
        return OnnxTensor.createTensor(environment, bytes, shape, GraphCheck.javaType(input.elementType()));
    }

    private static TensorSpec spec(String name, OnnxValue value, int rows) throws SessionException {
        if (!(value.getInfo() instanceof TensorInfo tensor)) {
            throw new SessionException("output " + name + " is no tensor but " + value.getType(), false);
        }
        ElementType type = elementType(tensor.type)
                .orElseThrow(() -> new SessionException("output " + name + " is of type " + tensor.type, false));
        long[] shape = tensor.getShape();
        if (shape.length == 0 || shape[0] != rows) {
            throw new SessionException(
                    "output " + name + " is " + Arrays.toString(shape) + " for a batch of " + rows
                            + " items: its first size must be that of the batch",
                    false);
        }
        List<Integer> item =
                Arrays.stream(shape).skip(1).mapToObj(Math::toIntExact).toList();
        return new TensorSpec(name, type, item, "");
    }

    private static Optional<ElementType> elementType(OnnxJavaType type) {
        return Arrays.stream(ElementType.values())
                .filter(known -> GraphCheck.javaType(known) == type)
                .findFirst();
    }
}
