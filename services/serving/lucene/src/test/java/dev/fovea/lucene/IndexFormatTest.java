package dev.fovea.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.VectorStorage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IndexFormatTest {

    @Test
    void isReadAsItWasWrittenWhateverTheNames() {
        var spec = new CollectionSpec(
                "images",
                "gem@1 sha256:0123 = odd: # name",
                512,
                VectorStorage.INT4,
                Map.of("ort = ü", FieldType.TEXT, "taken", FieldType.TIME));
        IndexFormat format = IndexFormat.current(spec);

        assertThat(IndexFormat.parse(format.toText(), Path.of("images/collection.properties")))
                .isEqualTo(format);
    }

    @Test
    void theSameCollectionIsTheSameText() {
        IndexFormat format = IndexFormat.current(Fixture.SPEC);

        assertThat(format.toText()).isEqualTo("""
                        collection=images
                        dimension=2
                        embedder=gem@1 sha256\\:0123
                        field.year=NUMBER
                        format=1
                        storage=FLOAT32
                        """);
    }
}
