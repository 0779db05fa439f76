package dev.fovea.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.vectorindex.Filter;
import dev.fovea.vectorindex.MetadataValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class QueriesTest {

    private static final MetadataValue ROME = new MetadataValue.OfText("Rome");
    private static final Filter IN_ROME = new Filter.Equals("place", ROME);

    static List<Arguments> filters() {
        return List.of(
                argumentSet("equals", IN_ROME, "{'term':{'fields.place':'Rome'}}"),
                argumentSet(
                        "in",
                        new Filter.In(
                                "height", List.of(new MetadataValue.OfNumber(0.5), new MetadataValue.OfNumber(2))),
                        "{'terms':{'fields.height':[0.5,2.0]}}"),
                argumentSet(
                        "range of times, open above",
                        new Filter.Range(
                                "taken",
                                Optional.of(new MetadataValue.OfTime(Instant.ofEpochMilli(-5))),
                                Optional.empty()),
                        "{'range':{'fields.taken':{'gte':-5}}}"),
                argumentSet(
                        "and, or, not",
                        new Filter.And(List.of(new Filter.Not(IN_ROME), new Filter.Or(List.of(IN_ROME)))),
                        "{'bool':{'filter':[{'bool':{'must_not':{'term':{'fields.place':'Rome'}}}},"
                                + "{'bool':{'minimum_should_match':1,'should':[{'term':{'fields.place':'Rome'}}]}}]}}"));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void saysFiltersInTheQueryLanguage(Filter filter, String query) {
        assertThat(Queries.of(filter).toString()).isEqualTo(query.replace('\'', '"'));
    }
}
