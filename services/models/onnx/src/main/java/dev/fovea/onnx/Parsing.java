package dev.fovea.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.fovea.onnx.proto.ModelProto;
import dev.fovea.onnx.proto.OperatorSetIdProto;
import java.io.IOException;

/// Reads the message that an ONNX file is.
final class Parsing {

    private Parsing() {}

    /// Tensors stay views of the bytes, which nobody may change afterwards.
    ///
    /// @throws IllegalArgumentException if the bytes are no ONNX model, with the reason
    static ModelProto model(byte[] bytes) {
        ModelProto model;
        try {
            MessageParts.requireBounded(UnsafeByteOperations.unsafeWrap(bytes).newCodedInput());
            CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            in.enableAliasing(true);
            model = ModelProto.parseFrom(in);
            in.checkLastTagWas(0);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not an ONNX file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not an ONNX file: cannot be read", e);
        }
        if (!model.hasGraph() || model.getIrVersion() < 1) {
            throw new IllegalArgumentException("not an ONNX file: it has no graph or no format version");
        }
        return model;
    }

    /// Version of the standard operators; 0 if the model imports none.
    static long opset(ModelProto model) {
        return model.getOpsetImportList().stream()
                .filter(set -> isStandard(set.getDomain()))
                .mapToLong(OperatorSetIdProto::getVersion)
                .findFirst()
                .orElse(0);
    }

    static boolean isStandard(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }
}
