package dev.fovea.lucene;

import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.MetadataValue;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/// How entries and tombstones look as Lucene documents.
///
/// | field | of | kept as |
/// |---|---|---|
/// | `id` | both | term |
/// | `version` | both | doc value |
/// | `head` | both | binary doc value: id and metadata, read without decompressing anything |
/// | `vector` | entries | vector in the graph; tombstones have none, so no search can find them |
/// | `payload` | entries that have one | stored |
/// | `field.NAME` | entries | term, or point of double or of milliseconds |
/// | `deleted` | tombstones | point and doc value, milliseconds since 1970 |
final class Documents {

    static final String ID = "id";
    static final String VERSION = "version";
    static final String HEAD = "head";
    static final String VECTOR = "vector";
    static final String PAYLOAD = "payload";
    static final String DELETED = "deleted";

    private Documents() {}

    static String fieldName(String declared) {
        return "field." + declared;
    }

    static Document entry(IndexEntry entry) {
        Document document = keyed(entry.id(), entry.version());
        document.add(new BinaryDocValuesField(HEAD, new BytesRef(new Head(entry.id(), entry.metadata()).toBytes())));
        document.add(new KnnFloatVectorField(VECTOR, entry.vector().lent(), VectorSimilarityFunction.DOT_PRODUCT));
        entry.metadata().forEach((name, value) -> document.add(indexed(fieldName(name), value)));
        if (entry.payload().hasRemaining()) {
            document.add(new StoredField(PAYLOAD, bytes(entry.payload())));
        }
        return document;
    }

    static Document tombstone(String id, long version, Instant deleted) {
        Document document = keyed(id, version);
        document.add(new BinaryDocValuesField(HEAD, new BytesRef(new Head(id, Map.of()).toBytes())));
        document.add(new LongPoint(DELETED, deleted.toEpochMilli()));
        document.add(new NumericDocValuesField(DELETED, deleted.toEpochMilli()));
        return document;
    }

    private static Document keyed(String id, long version) {
        var document = new Document();
        document.add(new StringField(ID, id, Field.Store.NO));
        document.add(new NumericDocValuesField(VERSION, version));
        return document;
    }

    private static Field indexed(String name, MetadataValue value) {
        return switch (value) {
            case MetadataValue.OfText(String text) -> new StringField(name, text, Field.Store.NO);
            case MetadataValue.OfNumber(double number) -> new DoublePoint(name, number);
            case MetadataValue.OfTime(Instant time) -> new LongPoint(name, time.toEpochMilli());
        };
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return bytes;
    }
}
