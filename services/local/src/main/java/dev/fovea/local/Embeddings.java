package dev.fovea.local;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.proto.v1.EmbeddingResult;
import dev.fovea.proto.v1.WriteOutcome;

/// What becomes of embeddings: the images that are in the index by now are counted.
///
/// One thread at a time may call it.
final class Embeddings implements Reception {

    private int indexed;

    @Override
    public Received read(byte[] value) throws InvalidProtocolBufferException {
        EmbeddingResult result = EmbeddingResult.parseFrom(value);
        return new Received(result.getImageId(), Lines.indexed(result), image -> take(result));
    }

    @Override
    public void skip(ImageFile image) {
        // Nothing waits for it.
    }

    @Override
    public String total() {
        return indexed + " indexed";
    }

    private void take(EmbeddingResult result) {
        indexed += result.getOutcome() == WriteOutcome.WRITE_OUTCOME_STALE ? 0 : 1;
    }
}
