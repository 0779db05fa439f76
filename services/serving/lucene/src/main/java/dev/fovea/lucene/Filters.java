package dev.fovea.lucene;

import dev.fovea.vectorindex.Filter;
import dev.fovea.vectorindex.MetadataValue;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/// Filters as Lucene queries. They were checked before: fields are declared, operands of their type and not
/// empty.
///
/// A tombstone has no fields, so it meets every [Filter.Not]; who searches leaves tombstones out.
final class Filters {

    private Filters() {}

    static Query query(Filter filter) {
        return switch (filter) {
            case Filter.Equals(String field, MetadataValue value) -> in(Documents.fieldName(field), List.of(value));
            case Filter.In(String field, List<MetadataValue> values) -> in(Documents.fieldName(field), values);
            case Filter.Range range -> range(range);
            case Filter.And(List<Filter> filters) -> all(filters, Occur.FILTER);
            case Filter.Or(List<Filter> filters) -> all(filters, Occur.SHOULD);
            case Filter.Not(Filter negated) ->
                new BooleanQuery.Builder()
                        .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
                        .add(query(negated), Occur.MUST_NOT)
                        .build();
        };
    }

    private static Query all(List<Filter> filters, Occur occur) {
        var builder = new BooleanQuery.Builder();
        filters.forEach(filter -> builder.add(query(filter), occur));
        return builder.build();
    }

    private static Query in(String field, List<MetadataValue> values) {
        return switch (values.getFirst().type()) {
            case TEXT ->
                values.size() == 1
                        ? new TermQuery(new Term(field, text(values.getFirst())))
                        : new TermInSetQuery(
                                field,
                                values.stream()
                                        .map(value -> new BytesRef(text(value)))
                                        .toList());
            case NUMBER ->
                DoublePoint.newSetQuery(
                        field, values.stream().mapToDouble(Filters::number).toArray());
            case TIME ->
                LongPoint.newSetQuery(
                        field, values.stream().mapToLong(Filters::millis).toArray());
        };
    }

    private static Query range(Filter.Range range) {
        String field = Documents.fieldName(range.field());
        Optional<MetadataValue> from = range.from();
        Optional<MetadataValue> to = range.to();
        return switch (from.or(() -> to).orElseThrow().type()) {
            case TEXT -> throw new IllegalArgumentException("a range of texts: " + range);
            case NUMBER ->
                DoublePoint.newRangeQuery(
                        field,
                        from.map(Filters::number).orElse(Double.NEGATIVE_INFINITY),
                        to.map(Filters::number).orElse(Double.POSITIVE_INFINITY));
            case TIME ->
                LongPoint.newRangeQuery(
                        field,
                        from.map(Filters::millis).orElse(Long.MIN_VALUE),
                        to.map(Filters::millis).orElse(Long.MAX_VALUE));
        };
    }

    private static String text(MetadataValue value) {
        return ((MetadataValue.OfText) value).text();
    }

    private static double number(MetadataValue value) {
        return ((MetadataValue.OfNumber) value).number();
    }

    private static long millis(MetadataValue value) {
        return ((MetadataValue.OfTime) value).time().toEpochMilli();
    }
}
