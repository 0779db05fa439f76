package dev.fovea.lucene;

import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/// Where an entry or a tombstone lies in one reader, and what is read there.
///
/// @param doc within the segment
record Place(LeafReaderContext segment, int doc) {

    /// @param doc within the whole reader
    static Place at(int doc, List<LeafReaderContext> segments) {
        LeafReaderContext segment = segments.get(ReaderUtil.subIndex(doc, segments));
        return new Place(segment, doc - segment.docBase);
    }

    /// Where the id's entry or tombstone lies.
    static Optional<Place> of(String id, IndexReader reader) throws IOException {
        var term = new BytesRef(id);
        for (LeafReaderContext segment : reader.leaves()) {
            Terms terms = segment.reader().terms(Documents.ID);
            TermsEnum ids = terms == null ? TermsEnum.EMPTY : terms.iterator();
            if (ids.seekExact(term)) {
                int doc = firstLive(
                        ids.postings(null, PostingsEnum.NONE), segment.reader().getLiveDocs());
                if (doc != DocIdSetIterator.NO_MORE_DOCS) {
                    return Optional.of(new Place(segment, doc));
                }
            }
        }
        return Optional.empty();
    }

    boolean isTombstone() throws IOException {
        NumericDocValues deleted = reader().getNumericDocValues(Documents.DELETED);
        return deleted != null && deleted.advanceExact(doc);
    }

    /// Of what every document has; present in all of this engine's.
    OptionalLong version() {
        try {
            NumericDocValues versions = reader().getNumericDocValues(Documents.VERSION);
            return versions != null && versions.advanceExact(doc)
                    ? OptionalLong.of(versions.longValue())
                    : OptionalLong.empty();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    Head head() throws IOException {
        BinaryDocValues heads = reader().getBinaryDocValues(Documents.HEAD);
        if (heads == null || !heads.advanceExact(doc)) {
            throw new IOException("document " + doc + " of " + segment + " has no head");
        }
        return Head.of(heads.binaryValue());
    }

    /// Of an entry, not of a tombstone.
    IndexEntry entry(Set<Part> parts) throws IOException {
        Head head = head();
        return new IndexEntry(
                head.id(),
                version().orElseThrow(),
                parts.contains(Part.VECTOR) ? vector() : Embedding.NONE,
                head.metadata(),
                parts.contains(Part.PAYLOAD) ? payload() : ByteBuffer.allocate(0));
    }

    private Embedding vector() throws IOException {
        FloatVectorValues vectors = reader().getFloatVectorValues(Documents.VECTOR);
        DocIndexIterator docs = vectors.iterator();
        if (docs.advance(doc) != doc) {
            throw new IOException("document " + doc + " of " + segment + " has no vector");
        }
        return Embedding.ofUnitNorm(vectors.vectorValue(docs.index()).clone());
    }

    private ByteBuffer payload() throws IOException {
        Document stored = reader().storedFields().document(doc, Set.of(Documents.PAYLOAD));
        BytesRef bytes = stored.getBinaryValue(Documents.PAYLOAD);
        return bytes == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length);
    }

    private LeafReader reader() {
        return segment.reader();
    }

    private static int firstLive(PostingsEnum docs, Bits live) throws IOException {
        int doc = docs.nextDoc();
        while (doc != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(doc)) {
            doc = docs.nextDoc();
        }
        return doc;
    }
}
