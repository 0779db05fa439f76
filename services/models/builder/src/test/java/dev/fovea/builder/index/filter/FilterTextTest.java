package dev.fovea.builder.index.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.TextFormat;
import dev.fovea.proto.v1.FieldEquals;
import dev.fovea.proto.v1.FieldRange;
import dev.fovea.proto.v1.Filter;
import dev.fovea.proto.v1.FilterList;
import dev.fovea.proto.v1.MetadataValue;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "kind = \"a\"             | equals { field: 'kind' value { text: 'a' } }",
                "kind == 'it\\'s'         | equals { field: 'kind' value { text: \"it's\" } }",
                "price = -1.5e2           | equals { field: 'price' value { number: -150 } }",
                "price=.5                 | equals { field: 'price' value { number: 0.5 } }",
                "taken = 2026-11-21       | equals { field: 'taken' value { time { seconds: 1795219200 } } }",
                "taken = 2026-11-21T01:00:00+01:00 | equals { field: 'taken' value { time { seconds: 1795219200 } } }",
                "price >= 10              | range { field: 'price' from { number: 10 } }",
                "price <= 10              | range { field: 'price' to { number: 10 } }",
                "price > 1 | and { filters { range { field: 'price' from { number: 1 } } } filters { not { equals { field: 'price' value { number: 1 } } } } }",
                "price < 1 | and { filters { range { field: 'price' to { number: 1 } } } filters { not { equals { field: 'price' value { number: 1 } } } } }",
                "price != 1               | not { equals { field: 'price' value { number: 1 } } }",
                "kind in ('a', \"b\")     | in { field: 'kind' values { text: 'a' } values { text: 'b' } }",
                "kind NOT IN ('a')        | not { in { field: 'kind' values { text: 'a' } } }",
                "sold                     | equals { field: 'sold' value { text: 'true' } }",
                "not sold                 | not { equals { field: 'sold' value { text: 'true' } } }",
                "`and` = 1                | equals { field: 'and' value { number: 1 } }",
                "exif.f-number = 4        | equals { field: 'exif.f-number' value { number: 4 } }",
                "a or b and c | or { filters { equals { field: 'a' value { text: 'true' } } } filters { and { filters { equals { field: 'b' value { text: 'true' } } } filters { equals { field: 'c' value { text: 'true' } } } } } }",
                "(a or b) and c | and { filters { or { filters { equals { field: 'a' value { text: 'true' } } } filters { equals { field: 'b' value { text: 'true' } } } } } filters { equals { field: 'c' value { text: 'true' } } } }",
                "not a and b | and { filters { not { equals { field: 'a' value { text: 'true' } } } } filters { equals { field: 'b' value { text: 'true' } } } }",
            })
    void aConditionMeansWhatItSays(String filter, String meaning) throws TextFormat.ParseException {
        assertThat(FilterText.parse(filter)).isEqualTo(TextFormat.parse(meaning, Filter.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~                     | character 1: a field, \"not\" or ( is expected, but the filter ends",
                "price >=               | character 9: a \"text\", a number or a time is expected, but the filter ends",
                "price >= and           | character 10: a \"text\", a number or a time is expected, but and stands there",
                "price > 'a'            | character 9: texts have no order for >; a number or a time is expected",
                "price = 1 2            | character 11: \"and\", \"or\" or the end is expected, but 2 stands there",
                "price = 1 kind         | character 11: \"and\", \"or\" or the end is expected, but kind stands there",
                "(price = 1             | character 11: \"and\", \"or\" or ) is expected, but the filter ends",
                "price = 1)             | character 10: \"and\", \"or\" or the end is expected, but ) stands there",
                "kind in 'a'            | character 9: ( is expected, but the text \"a\" stands there",
                "kind in ('a' 'b')      | character 14: a comma or ) is expected, but the text \"b\" stands there",
                "kind in ('a', 1)       | character 15: the values of \"in\" are not of one kind",
                "kind not ('a')         | character 10: \"in\" is expected, but ( stands there",
                "kind = 'a              | character 8: the closing ' is missing",
                "kind = a               | character 8: a \"text\", a number or a time is expected, but a stands there",
                "price = 1.2.3          | character 9: 1.2.3 is no number (a text stands in quotes)",
                "price = 12EUR          | character 9: 12EUR is no number (a text stands in quotes)",
                "price = 1e999          | character 9: 1e999 is no number (a text stands in quotes)",
                "taken > 2026-13-01     | character 9: 2026-13-01 is no time, such as 2026-11-21 or 2026-11-21T08:30:00Z",
                "taken > 2026-11-21T08:30 | character 9: 2026-11-21T08:30 is no time, such as 2026-11-21 or 2026-11-21T08:30:00Z",
                "price ~ 1              | character 7: '~' means nothing here",
                "and = 1                | character 1: a field, \"not\" or ( is expected, but and stands there",
            })
    void whatCannotBeReadIsRefusedWithItsPosition(String filter, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FilterText.parse(filter))
                .withMessage("filter, " + message);
    }

    @Test
    void aFilterNestedWithoutEndIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FilterText.parse("(".repeat(100_000)))
                .withMessageContaining("more than 100 conditions are nested");
    }

    @Property
    void whatIsWrittenIsRead(@ForAll("filters") Filter filter) {
        assertThat(FilterText.parse(text(filter))).isEqualTo(filter);
    }

    @Property
    void anyTextIsReadOrRefusedWithAPosition(@ForAll String text) {
        try {
            assertThat(FilterText.parse(text)).isNotEqualTo(Filter.getDefaultInstance());
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageMatching("(?s)filter, character [0-9]+: .+");
        }
    }

    @Property
    void wordsOfTheLanguageInAnyOrderAreReadOrRefusedWithAPosition(@ForAll("words") List<String> words) {
        anyTextIsReadOrRefusedWithAPosition(String.join(" ", words));
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.of(
                        "and", "or", "not", "in", "(", ")", ",", "=", "<", ">=", "!=", "a", "'t'", "1", "2026-11-21")
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<Filter> filters() {
        return filters(3);
    }

    private static Arbitrary<Filter> filters(int depth) {
        Arbitrary<String> fields = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8);
        Arbitrary<Filter> texts = Combinators.combine(fields, Arbitraries.strings())
                .as((field, text) -> FieldEquals.newBuilder()
                        .setField(field)
                        .setValue(MetadataValue.newBuilder().setText(text)))
                .map(equals -> Filter.newBuilder().setEquals(equals).build());
        Arbitrary<Filter> numbers = Combinators.combine(fields, Arbitraries.doubles())
                .as((field, number) -> FieldRange.newBuilder()
                        .setField(field)
                        .setTo(MetadataValue.newBuilder().setNumber(number)))
                .map(range -> Filter.newBuilder().setRange(range).build());
        if (depth == 0) {
            return Arbitraries.oneOf(texts, numbers);
        }
        Arbitrary<Filter> inner = filters(depth - 1);
        Arbitrary<FilterList> lists = inner.list().ofMinSize(2).ofMaxSize(3).map(list -> FilterList.newBuilder()
                .addAllFilters(list)
                .build());
        return Arbitraries.oneOf(
                texts,
                numbers,
                inner.map(one -> Filter.newBuilder().setNot(one).build()),
                lists.map(list -> Filter.newBuilder().setAnd(list).build()),
                lists.map(list -> Filter.newBuilder().setOr(list).build()));
    }

    private static String text(Filter filter) {
        return switch (filter.getConditionCase()) {
            case EQUALS ->
                "`" + filter.getEquals().getField() + "` = \""
                        + filter.getEquals()
                                .getValue()
                                .getText()
                                .replace("\\", "\\\\")
                                .replace("\"", "\\\"") + "\"";
            case RANGE ->
                "`" + filter.getRange().getField() + "` <= "
                        + filter.getRange().getTo().getNumber();
            case NOT -> "not (" + text(filter.getNot()) + ")";
            case AND -> joined(filter.getAnd(), " and ");
            case OR -> joined(filter.getOr(), " OR ");
            default -> throw new IllegalArgumentException(filter.toString());
        };
    }

    private static String joined(FilterList list, String word) {
        return list.getFiltersList().stream().map(one -> "(" + text(one) + ")").collect(Collectors.joining(word));
    }
}
