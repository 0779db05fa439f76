package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.fovea.onnx.proto.AttributeProto;
import dev.fovea.onnx.proto.GraphProto;
import dev.fovea.onnx.proto.ModelProto;
import dev.fovea.onnx.proto.NodeProto;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Small files that would be large in memory.
class MessagePartsTest {

    private static final int GRAPH = 7 << 3 | 2;
    private static final int NODE = 1 << 3 | 2;

    @Test
    void refusesMillionsOfEmptyOperators() throws IOException {
        var nodes = new byte[2 * MessageParts.MAX_PARTS];
        for (int i = 0; i < nodes.length; i += 2) {
            nodes[i] = NODE;
        }

        assertRefused(graph(nodes), "not an ONNX file: it has more than 2000000 parts");
    }

    @Test
    void refusesMillionsOfFieldsThatNobodyKnows() throws IOException {
        var fields = new byte[2 * MessageParts.MAX_PARTS];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = 9 << 3; // a number, 0
        }

        assertRefused(graph(fields), "not an ONNX file: it has more than 2000000 parts");
    }

    @Test
    void refusesGraphsWithinGraphsFiftyTimes() {
        GraphProto graph = GraphProto.getDefaultInstance();
        for (int i = 0; i < 50; i++) {
            graph = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder()
                            .addAttribute(AttributeProto.newBuilder().setG(graph)))
                    .build();
        }

        assertRefused(
                ModelProto.newBuilder().setIrVersion(8).setGraph(graph).build().toByteArray(),
                "not an ONNX file: its parts nest deeper than 100");
    }

    @Test
    void refusesGroups() throws IOException {
        assertRefused(graph(new byte[] {9 << 3 | 3, 9 << 3 | 4}), "not an ONNX file: the format has no groups");
    }

    private static byte[] graph(byte... content) throws IOException {
        var length = ByteString.newOutput();
        var out = CodedOutputStream.newInstance(length);
        out.writeUInt32NoTag(content.length);
        out.flush();
        return ByteString.copyFrom(new byte[] {8, 8, GRAPH})
                .concat(length.toByteString())
                .concat(ByteString.copyFrom(content))
                .toByteArray();
    }

    private static void assertRefused(byte[] file, String message) {
        assertThatThrownBy(() -> OnnxFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
