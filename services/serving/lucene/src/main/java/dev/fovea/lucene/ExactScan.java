package dev.fovea.lucene;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.vectorindex.Filter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.LongHeap;
import org.apache.lucene.util.NumericUtils;

/// Compares a vector with every vector that is kept, or that meets a filter.
final class ExactScan {

    /// Candidates besides the k: Lucene's score halves the inner product's last digit, so the last places
    /// may be mixed.
    private static final int SPARE = 64;

    /// At the deadline.
    private static final int COMPARED_BETWEEN_LOOKS = 256;

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
        VectorScorer scorer = vectors.rescorer(vector);
        DocIdSetIterator docs = scorer.iterator();
        if (matching.isPresent()) {
            Scorer filter = matching.get().scorer(segment);
            if (filter == null) {
                return;
            }
            docs = ConjunctionUtils.intersectIterators(List.of(filter.iterator(), docs));
        }
        compare(scorer, docs, segment, nearest, deadline);
    }

    /// One by one: Lucene's scores in bulk read several vectors at once, which takes 1.7 times as long where
    /// the vectors come out of memory.
    ///
    /// @param docs moves the scorer's own iterator
    private void compare(
            VectorScorer scorer, DocIdSetIterator docs, LeafReaderContext segment, LongHeap nearest, Deadline deadline)
            throws IOException, InterruptedException {
        Bits live = segment.reader().getLiveDocs();
        int compared = 0;
        for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
            if (live == null || live.get(doc)) {
                nearest.insertWithOverflow(encode(scorer.score(), segment.docBase + doc));
            }
            if (++compared % COMPARED_BETWEEN_LOOKS == 0) {
                deadline.requireWanted(ticker, "every vector was compared");
            }
        }
    }

    /// Orders by score.
    private static long encode(float score, int doc) {
        return ((long) NumericUtils.floatToSortableInt(score) << Integer.SIZE) | doc;
    }
}
