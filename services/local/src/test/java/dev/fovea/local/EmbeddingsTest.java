package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.proto.v1.EmbeddingResult;
import dev.fovea.proto.v1.WriteOutcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EmbeddingsTest {

    private final Embeddings embeddings = new Embeddings();

    @Test
    void countsWhatIsInTheIndexByNow() throws IOException {
        take(WriteOutcome.WRITE_OUTCOME_STORED);
        take(WriteOutcome.WRITE_OUTCOME_UNCHANGED);
        take(WriteOutcome.WRITE_OUTCOME_STALE);

        assertThat(embeddings.total()).isEqualTo("2 indexed");
    }

    @Test
    void aStaleImageIsSaidOnTheScreen() throws IOException {
        assertThat(read(WriteOutcome.WRITE_OUTCOME_STALE).line()).contains("a.jpg", "a later version is in the index");
        assertThat(read(WriteOutcome.WRITE_OUTCOME_STORED).line()).contains("indexed in images   decode 0.0");
    }

    private void take(WriteOutcome outcome) throws IOException {
        read(outcome).take().accept(new ImageFile(Path.of("a.jpg"), "a.jpg", "image/jpeg"));
    }

    private Reception.Received read(WriteOutcome outcome) throws IOException {
        EmbeddingResult result = EmbeddingResult.newBuilder()
                .setImageId("a.jpg")
                .setCollection("images")
                .setOutcome(outcome)
                .build();
        return embeddings.read(result.toByteArray());
    }
}
