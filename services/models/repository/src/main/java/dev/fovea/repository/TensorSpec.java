package dev.fovea.repository;

import java.util.List;

/// Name, element type and shape of a model input or output.
///
/// @param itemShape sizes of one item, without the batch dimension, which always leads: a model input of shape
///     (N, 32, 32) has the item shape (32, 32)
/// @param meaning one line for a person: layout, units, range
public record TensorSpec(String name, ElementType elementType, List<Integer> itemShape, String meaning) {

    /// Of one buffer.
    static final long MAX_BYTES = Integer.MAX_VALUE;

    /// @throws IllegalArgumentException if the name is blank, a size is below 1 or an item above 2 GiB
    public TensorSpec {
        itemShape = List.copyOf(itemShape);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a tensor needs a name");
        }
        long bytes = elementType.sizeBytes();
        for (int size : itemShape) {
            if (size < 1) {
                throw new IllegalArgumentException(
                        "tensor " + name + ": size " + size + " in " + itemShape + " is below 1");
            }
            bytes = size > MAX_BYTES / bytes ? MAX_BYTES + 1 : bytes * size;
            if (bytes > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "tensor " + name + ": an item of " + itemShape + " is above " + MAX_BYTES + " bytes");
            }
        }
    }

    public int itemElements() {
        return itemShape.stream().reduce(1, Math::multiplyExact);
    }

    public int itemBytes() {
        return Math.multiplyExact(itemElements(), elementType.sizeBytes());
    }
}
