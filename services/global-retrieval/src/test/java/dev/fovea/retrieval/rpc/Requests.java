package dev.fovea.retrieval.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.fovea.proto.v1.DeleteRequest;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.MetadataValue;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.StoredImage;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.proto.v1.Vectors;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Requests of the tests, and what they hold.
final class Requests {
    private Requests() {}

    static UpsertRequest.Builder write(String id, Vectors embedding) {
        return UpsertRequest.newBuilder().setId(id).setEmbedding(embedding);
    }

    static DeleteRequest.Builder delete(String id) {
        return DeleteRequest.newBuilder().setId(id);
    }

    static SearchRequest.Builder query(Vectors embedding) {
        return SearchRequest.newBuilder().setEmbedding(embedding);
    }

    static SearchRequest.Builder query(byte[] picture) {
        return SearchRequest.newBuilder().setImage(image(picture));
    }

    static ImageInput image(byte[] picture) {
        return ImageInput.newBuilder().setContent(ByteString.copyFrom(picture)).build();
    }

    static MetadataValue text(String text) {
        return MetadataValue.newBuilder().setText(text).build();
    }

    static MetadataValue number(double number) {
        return MetadataValue.newBuilder().setNumber(number).build();
    }

    static Vectors vector(float... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            data.putFloat(value);
        }
        return Vectors.newBuilder()
                .setElementType(ElementType.ELEMENT_TYPE_FLOAT32)
                .setDimension(values.length)
                .setCount(1)
                .setData(ByteString.copyFrom(data.flip()))
                .build();
    }

    static UpsertRequest.Builder stored(StoredImage.Builder image) {
        return UpsertRequest.newBuilder().setId("a").setStored(image.setEmbedding(vector(1, 0, 0)));
    }

    /// The reason that an error's first detail tells.
    static String code(StatusRuntimeException refused) {
        try {
            return StatusProto.fromThrowable(refused)
                    .getDetails(0)
                    .unpack(ErrorInfo.class)
                    .getReason();
        } catch (InvalidProtocolBufferException other) {
            throw new AssertionError("the first detail is no ErrorInfo", other);
        }
    }
}
