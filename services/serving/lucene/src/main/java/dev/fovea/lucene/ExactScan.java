package dev.fovea.lucene;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.vectorindex.Filter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.LongHeap;
import org.apache.lucene.util.NumericUtils;

/// Compares a vector with every vector that is kept, or that meets a filter.
final class ExactScan {

    /// Candidates besides the k: Lucene's score halves the inner product's last digit, so the last places
    /// may be mixed.
    private static final int SPARE = 64;

    private final IndexSearcher searcher;
    private final float[] vector;
    private final Ticker ticker;

    ExactScan(IndexSearcher searcher, float[] vector, Ticker ticker) {
        this.searcher = searcher;
        this.vector = vector;
        this.ticker = ticker;
    }

    /// The nearest, ascending by document; somewhat more than `k`.
    int[] candidates(int k, Optional<Filter> filter, Deadline deadline) throws IOException, InterruptedException {
        int documents = searcher.getIndexReader().maxDoc();
        var nearest = new LongHeap(Math.clamp(k + (long) SPARE, 1, Math.max(1, documents)));
        Optional<Weight> matching = filter.isEmpty() ? Optional.empty() : Optional.of(weight(filter.get()));
        for (LeafReaderContext segment : searcher.getIndexReader().leaves()) {
            scan(segment, matching, nearest, deadline);
        }
        int[] docs = new int[nearest.size()];
        for (int i = 0; i < docs.length; i++) {
            docs[i] = (int) nearest.pop();
        }
        Arrays.sort(docs);
        return docs;
    }

    private Weight weight(Filter filter) throws IOException {
        return searcher.createWeight(searcher.rewrite(Filters.query(filter)), ScoreMode.COMPLETE_NO_SCORES, 1);
    }

    private void scan(LeafReaderContext segment, Optional<Weight> matching, LongHeap nearest, Deadline deadline)
            throws IOException, InterruptedException {
        FloatVectorValues vectors = segment.reader().getFloatVectorValues(Documents.VECTOR);
        if (vectors == null || vectors.size() == 0) {
            return;
        }
        DocIdSetIterator docs = null; // Lucene's word for all
        if (matching.isPresent()) {
            Scorer scorer = matching.get().scorer(segment);
            if (scorer == null) {
                return;
            }
            docs = scorer.iterator();
        }
        VectorScorer.Bulk scores = vectors.rescorer(vector).bulk(docs);
        var buffer = new DocAndFloatFeatureBuffer();
        scores.nextDocsAndScores(DocIdSetIterator.NO_MORE_DOCS, segment.reader().getLiveDocs(), buffer);
        while (buffer.size > 0) {
            for (int i = 0; i < buffer.size; i++) {
                nearest.insertWithOverflow(encode(buffer.features[i], segment.docBase + buffer.docs[i]));
            }
            deadline.requireWanted(ticker, "every vector was compared");
            scores.nextDocsAndScores(
                    DocIdSetIterator.NO_MORE_DOCS, segment.reader().getLiveDocs(), buffer);
        }
    }

    /// Orders by score.
    private static long encode(float score, int doc) {
        return ((long) NumericUtils.floatToSortableInt(score) << Integer.SIZE) | doc;
    }
}
