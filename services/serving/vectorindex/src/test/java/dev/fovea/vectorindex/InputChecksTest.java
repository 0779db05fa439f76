package dev.fovea.vectorindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.inference.failure.InvalidInput;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class InputChecksTest {

    private static final CollectionSpec SPEC = new CollectionSpec(
            "images",
            "gem@1",
            2,
            VectorStorage.FLOAT32,
            Map.of("site", FieldType.TEXT, "height", FieldType.NUMBER, "taken", FieldType.TIME));
    private static final InputChecks CHECKS = new InputChecks(SPEC);
    private static final Embedding UNIT = Embedding.normalized(new float[] {3, 4});

    @Test
    void passesAnEntryThatFits() {
        Map<String, MetadataValue> metadata = Map.of(
                "site", text("x".repeat(1024)),
                "height", new MetadataValue.OfNumber(-1.5),
                "taken", new MetadataValue.OfTime(Instant.EPOCH));

        assertThatCode(() -> CHECKS.requireFits(entry("é".repeat(256), 0, UNIT, metadata)))
                .doesNotThrowAnyException();
    }

    static List<Arguments> entriesThatDoNotFit() {
        return List.of(
                argumentSet("an empty id", "ID_INVALID", entry("", 1, UNIT, Map.of())),
                argumentSet("an id of 513 bytes", "ID_INVALID", entry("x".repeat(513), 1, UNIT, Map.of())),
                argumentSet("a negative version", "VERSION_INVALID", entry("a", -1, UNIT, Map.of())),
                argumentSet("no vector", "EMBEDDING_DIMENSION", entry("a", 1, Embedding.NONE, Map.of())),
                argumentSet("an undeclared field", "FIELD_UNDECLARED", with("colour", text("red"))),
                argumentSet("a text for a number", "FIELD_TYPE", with("height", text("2"))),
                argumentSet("a text of 1,025 bytes", "FIELD_VALUE", with("site", text("x".repeat(1025)))),
                argumentSet("a number that is not one", "FIELD_VALUE", with("height", number(Double.NaN))),
                argumentSet(
                        "a time too far away", "FIELD_VALUE", with("taken", new MetadataValue.OfTime(Instant.MAX))));
    }

    @ParameterizedTest
    @MethodSource("entriesThatDoNotFit")
    void refusesAnEntryWith(String code, IndexEntry entry) {
        InvalidInput refused = catchThrowableOfType(InvalidInput.class, () -> CHECKS.requireFits(entry));

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.value()).isNotEmpty();
        assertThat(refused.limit()).isNotEmpty();
    }

    static List<Arguments> filtersThatDoNotFit() {
        Filter good = new Filter.Equals("height", number(1));
        return List.of(
                argumentSet("undeclared field", "FIELD_UNDECLARED", new Filter.Equals("colour", text("red"))),
                argumentSet("other type, nested", "FIELD_TYPE", new Filter.Not(new Filter.Equals("height", text("2")))),
                argumentSet("no values", "FILTER_INVALID", new Filter.In("height", List.of())),
                argumentSet(
                        "no bound", "FILTER_INVALID", new Filter.Range("height", Optional.empty(), Optional.empty())),
                argumentSet(
                        "range of texts",
                        "FILTER_INVALID",
                        new Filter.Range("site", Optional.of(text("a")), Optional.empty())),
                argumentSet("empty and", "FILTER_INVALID", new Filter.And(List.of())),
                argumentSet("empty or", "FILTER_INVALID", new Filter.And(List.of(good, new Filter.Or(List.of())))));
    }

    @ParameterizedTest
    @MethodSource("filtersThatDoNotFit")
    void refusesAFilterWith(String code, Filter filter) {
        VectorQuery query = new VectorQuery(UNIT, 1, 1, false, -1, Optional.of(filter), Set.of());

        InvalidInput refused = catchThrowableOfType(InvalidInput.class, () -> CHECKS.requireFits(query));

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.value()).isNotEmpty();
        assertThat(refused.limit()).isNotEmpty();
    }

    @Test
    void refusesFewerCandidatesThanHitsUnlessTheSearchIsExact() {
        VectorQuery approximate = new VectorQuery(UNIT, 10, 9, false, -1, Optional.empty(), Set.of());
        VectorQuery exact = new VectorQuery(UNIT, 10, 0, true, -1, Optional.empty(), Set.of());

        InvalidInput refused = catchThrowableOfType(InvalidInput.class, () -> CHECKS.requireFits(approximate));

        assertThat(refused.code()).isEqualTo("CANDIDATES_INVALID");
        assertThatCode(() -> CHECKS.requireFits(exact)).doesNotThrowAnyException();
    }

    private static IndexEntry with(String field, MetadataValue value) {
        return entry("a", 1, UNIT, Map.of(field, value));
    }

    private static IndexEntry entry(String id, long version, Embedding vector, Map<String, MetadataValue> metadata) {
        return new IndexEntry(id, version, vector, metadata, ByteBuffer.allocate(0));
    }

    private static MetadataValue text(String text) {
        return new MetadataValue.OfText(text);
    }

    private static MetadataValue number(double number) {
        return new MetadataValue.OfNumber(number);
    }
}
