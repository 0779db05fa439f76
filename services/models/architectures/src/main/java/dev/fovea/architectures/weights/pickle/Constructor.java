package dev.fovea.architectures.weights.pickle;

import dev.fovea.architectures.weights.bytes.ElementFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The names that a pickle may mention, and nothing else: the allow-list.
///
/// None of them is Python: each is one of the few shapes below, built here.
sealed interface Constructor {

    /// `torch.FloatStorage` and its kind: in which format a storage's numbers stand.
    record StorageType(ElementFormat format) implements Constructor {}

    /// Harmless training state: optimizers, best accuracies, arguments. Arguments are dropped.
    record Ignored(String name) implements Constructor {}

    /// What a state dictionary is made of.
    enum Known implements Constructor {
        DICTIONARY,
        /// `(storage, offset, sizes, strides)` and, from version 2 on, whether it is trained, and hooks.
        TENSOR,
        /// A tensor that is trained: `(tensor, ...)`.
        PARAMETER,
        /// A tuple of sizes.
        SIZE
    }

    /// @param name with its module: `collections.OrderedDict`
    static Optional<Constructor> named(String name) {
        return Optional.ofNullable(AllowList.NAMES.get(name));
    }

    /// The table itself.
    final class AllowList {

        private static final Map<String, Constructor> NAMES = names();

        private AllowList() {}

        private static Map<String, Constructor> names() {
            Map<String, Constructor> names = new HashMap<>();
            names.put("collections.OrderedDict", Known.DICTIONARY);
            names.put("torch._utils._rebuild_tensor", Known.TENSOR);
            names.put("torch._utils._rebuild_tensor_v2", Known.TENSOR);
            names.put("torch._utils._rebuild_parameter", Known.PARAMETER);
            names.put("torch.nn.parameter.Parameter", Known.PARAMETER);
            names.put("torch.Size", Known.SIZE);
            storages().forEach((name, format) -> names.put("torch." + name + "Storage", new StorageType(format)));
            IGNORED.lines().forEach(name -> names.put(name, new Ignored(name)));
            return Map.copyOf(names);
        }

        private static Map<String, ElementFormat> storages() {
            return Map.of(
                    "Float", ElementFormat.FLOAT32,
                    "Half", ElementFormat.FLOAT16,
                    "BFloat16", ElementFormat.BFLOAT16,
                    "Double", ElementFormat.FLOAT64,
                    "Long", ElementFormat.INT64,
                    "Int", ElementFormat.INT32,
                    "Short", ElementFormat.INT16,
                    "Char", ElementFormat.INT8,
                    "Byte", ElementFormat.UINT8,
                    "Bool", ElementFormat.BOOL);
        }

        private static final String IGNORED = """
                argparse.Namespace
                collections.Counter
                collections.defaultdict
                builtins.dict
                builtins.list
                builtins.int
                builtins.float
                builtins.set
                builtins.complex
                __builtin__.dict
                __builtin__.list
                __builtin__.int
                __builtin__.float
                __builtin__.set
                __builtin__.complex
                _codecs.encode
                numpy.dtype
                numpy.ndarray
                numpy.core.multiarray.scalar
                numpy.core.multiarray._reconstruct
                numpy._core.multiarray.scalar
                numpy._core.multiarray._reconstruct
                torch.device
                torch.float16
                torch.bfloat16
                torch.float32
                torch.float64
                torch.int8
                torch.int16
                torch.int32
                torch.int64
                torch.uint8
                torch.bool""";
    }
}
