package dev.fovea.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import dev.fovea.onnx.proto.ModelProto;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Counts the fields of a model's message before it is parsed: one of two bytes takes about a hundred in
/// memory.
final class MessageParts {

    /// An exported network has about twenty for each operator.
    static final int MAX_PARTS = 2_000_000;

    /// That of protobuf itself.
    static final int MAX_NESTING = 100;

    private final CodedInputStream in;
    private int parts;

    private MessageParts(CodedInputStream in) {
        this.in = in;
    }

    /// @throws IllegalArgumentException if they are more, or nest deeper, than any network's
    /// @throws IOException if the message is damaged
    static void requireBounded(CodedInputStream in) throws IOException {
        new MessageParts(in).count(ModelProto.getDescriptor(), 0);
    }

    private void count(Descriptor message, int depth) throws IOException {
        if (depth > MAX_NESTING) {
            throw new IllegalArgumentException("not an ONNX file: its parts nest deeper than " + MAX_NESTING);
        }
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (++parts > MAX_PARTS) {
                throw new IllegalArgumentException("not an ONNX file: it has more than " + MAX_PARTS + " parts");
            }
            FieldDescriptor field = message.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_START_GROUP ->
                    throw new IllegalArgumentException("not an ONNX file: the format has no groups");
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> countInside(field, tag, depth);
                default -> in.skipField(tag);
            }
        }
    }

    private void countInside(@Nullable FieldDescriptor field, int tag, int depth) throws IOException {
        if (field == null || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            in.skipField(tag);
            return;
        }
        int outer = in.pushLimit(in.readRawVarint32());
        count(field.getMessageType(), depth + 1);
        in.popLimit(outer);
    }
}
