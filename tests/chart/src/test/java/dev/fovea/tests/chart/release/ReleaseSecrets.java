package dev.fovea.tests.chart.release;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/// Bodies of requests: JSON, and protobuf in the one place where Helm sends it, the Secrets that hold its releases.
final class ReleaseSecrets {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Before a `runtime.Unknown` message; source: Kubernetes, "Alternate representations of resources".
    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private ReleaseSecrets() {}

    /// @throws IOException if the body is neither JSON nor a Secret in protobuf
    static ObjectNode read(ByteBuffer content) throws IOException {
        byte[] body = new byte[content.remaining()];
        content.duplicate().get(body);
        if (!Arrays.equals(body, 0, Math.min(MAGIC.length, body.length), MAGIC, 0, MAGIC.length)) {
            return (ObjectNode) JSON.readTree(body);
        }
        Runtime.Unknown unknown = Runtime.Unknown.parseFrom(Arrays.copyOfRange(body, MAGIC.length, body.length));
        if (!unknown.getTypeMeta().getKind().equals("Secret")) {
            throw new IOException("protobuf of kind " + unknown.getTypeMeta().getKind());
        }
        return json(V1.Secret.parseFrom(unknown.getRaw()));
    }

    private static ObjectNode json(V1.Secret secret) {
        ObjectNode object = Answer.object("v1", "Secret").put("type", secret.getType());
        ObjectNode metadata = object.putObject("metadata")
                .put("name", secret.getMetadata().getName())
                .put("namespace", secret.getMetadata().getNamespace());
        ObjectNode labels = metadata.putObject("labels");
        secret.getMetadata().getLabelsMap().forEach(labels::put);
        ObjectNode data = object.putObject("data");
        secret.getDataMap()
                .forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value.toByteArray())));
        return object;
    }
}
