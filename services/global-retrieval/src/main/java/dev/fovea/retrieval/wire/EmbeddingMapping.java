package dev.fovea.retrieval.wire;

import dev.fovea.grpc.VectorsMapping;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.Vectors;
import dev.fovea.vectorindex.Embedding;
import java.nio.FloatBuffer;

/// Embeddings to their message and back.
public final class EmbeddingMapping {
    private EmbeddingMapping() {}

    /// One FLOAT32 vector.
    public static Vectors message(Embedding embedding) {
        return message(embedding, ElementType.ELEMENT_TYPE_FLOAT32);
    }

    /// @throws InvalidInput `ELEMENT_TYPE_UNKNOWN`
    public static Vectors message(Embedding embedding, ElementType type) {
        return VectorsMapping.vectors(FloatBuffer.wrap(embedding.lent()), embedding.dimension(), type);
    }

    /// Scaled to unit norm.
    ///
    /// @throws InvalidInput `EMBEDDING_INVALID` unless it is one vector that is not zero; as [VectorsMapping]
    public static Embedding embedding(Vectors message) {
        if (message.getCount() != 1) {
            throw new InvalidInput(
                    "EMBEDDING_INVALID",
                    Integer.toUnsignedString(message.getCount()) + " vectors were sent as an embedding, which is one",
                    Integer.toUnsignedString(message.getCount()),
                    1);
        }
        FloatBuffer values = VectorsMapping.floats(message);
        float[] copy = new float[values.remaining()];
        values.get(copy);
        return Embedding.normalized(copy);
    }
}
