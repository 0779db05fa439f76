package dev.fovea.architectures.weights.file;

import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.architectures.weights.bytes.FileBytes;
import dev.fovea.architectures.weights.bytes.InflatedBytes;
import dev.fovea.onnx.shape.Shape;

/// A tensor in a file; only its place is held.
record StoredTensor(String name, StorageBytes storage, Layout layout) implements WeightTensor {

    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    /// @throws WeightsException if the tensor leaves its storage, or says that it has more elements
    ///     than that
    StoredTensor {
        try {
            long elements = layout.elements();
            long span = layout.span();
            if (layout.offset() > storage.elements() || span > storage.elements() - layout.offset()) {
                throw refusal(
                        name,
                        storage,
                        "reaches over elements " + layout.offset() + " to " + (layout.offset() + span)
                                + " of a storage of " + storage.elements());
            }
            if (elements > storage.elements()) {
                throw refusal(
                        name, storage, "declares " + elements + " elements over a storage of " + storage.elements());
            }
        } catch (ArithmeticException e) {
            String problem = "sizes " + layout.sizes() + ", strides " + layout.strides() + " are too large to count";
            throw storage.bytes().error("tensor \"" + name + "\" " + problem, e);
        }
    }

    private static WeightsException refusal(String name, StorageBytes storage, String problem) {
        return storage.bytes().error("tensor \"" + name + "\" " + problem);
    }

    /// Elements to be read for its numbers: gaps between them, too, and in a deflated storage all before them.
    long elementsRead() {
        long own = Math.max(layout.span(), layout.elements());
        return switch (storage.bytes()) {
            case FileBytes plain -> own;
            case InflatedBytes inflated -> layout.offset() + own;
        };
    }

    @Override
    public Shape shape() {
        return Shape.of(layout.sizes().stream().mapToLong(Long::longValue).toArray());
    }

    @Override
    public float[] values() {
        long wanted = Math.max(layout.span(), layout.elements());
        if (wanted > MAX_ARRAY) {
            throw refusal(name, storage, "reaches over " + wanted + " elements, at most " + MAX_ARRAY + " are read");
        }
        float[] values = storage.read(layout.offset(), (int) layout.span());
        return layout.isRowMajor() ? values : layout.gather(values, (int) layout.elements());
    }
}
