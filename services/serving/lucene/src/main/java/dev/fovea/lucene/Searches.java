package dev.fovea.lucene;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.VectorQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.VectorUtil;

/// Search in two steps, whatever the storage: candidates out of the graph or of a scan, then their order by
/// the inner product of the float vectors. The graph of a quantised storage alone would mistake neighbours.
final class Searches {

    private static final Comparator<Ranked> BEST_FIRST =
            Comparator.comparing(Ranked::score).reversed();

    private final Ticker ticker;

    Searches(Ticker ticker) {
        this.ticker = ticker;
    }

    List<Hit> search(IndexSearcher searcher, VectorQuery query, Deadline deadline)
            throws IOException, InterruptedException {
        float[] vector = query.vector().lent();
        int[] candidates = query.exact()
                ? new ExactScan(searcher, vector, ticker).candidates(query.k(), query.filter(), deadline)
                : graph(searcher, query, vector);
        List<LeafReaderContext> segments = searcher.getIndexReader().leaves();
        List<Ranked> ranked = rank(candidates, vector, segments);
        ranked.removeIf(candidate -> candidate.score() < query.minScore());
        return hits(best(ranked, query.k()), query);
    }

    private static int[] graph(IndexSearcher searcher, VectorQuery query, float[] vector) throws IOException {
        int count = Math.min(
                query.candidates(), Math.max(1, searcher.getIndexReader().maxDoc()));
        var nearest = new NearestAcrossSegments(vector, count, query.filter());
        ScoreDoc[] found = searcher.search(nearest, count).scoreDocs;
        int[] docs = new int[found.length];
        for (int i = 0; i < docs.length; i++) {
            docs[i] = found[i].doc;
        }
        Arrays.sort(docs);
        return docs;
    }

    /// @param docs ascending
    private static List<Ranked> rank(int[] docs, float[] vector, List<LeafReaderContext> segments) throws IOException {
        List<Ranked> ranked = new ArrayList<>(docs.length);
        int next = 0;
        for (LeafReaderContext segment : segments) {
            int end = segment.docBase + segment.reader().maxDoc();
            if (next < docs.length && docs[next] < end) {
                FloatVectorValues vectors = segment.reader().getFloatVectorValues(Documents.VECTOR);
                DocIndexIterator withVector = vectors.iterator();
                for (; next < docs.length && docs[next] < end; next++) {
                    int doc = docs[next] - segment.docBase;
                    withVector.advance(doc);
                    float score = VectorUtil.dotProduct(vector, vectors.vectorValue(withVector.index()));
                    ranked.add(new Ranked(new Place(segment, doc), score));
                }
            }
        }
        return ranked;
    }

    /// The k best and those that equal the last of them.
    private static List<Ranked> best(List<Ranked> ranked, int k) {
        ranked.sort(BEST_FIRST);
        int end = Math.min(k, ranked.size());
        while (end > 0
                && end < ranked.size()
                && ranked.get(end).score() == ranked.get(end - 1).score()) {
            end++;
        }
        return ranked.subList(0, end);
    }

    private static List<Hit> hits(List<Ranked> best, VectorQuery query) throws IOException {
        List<Hit> hits = new ArrayList<>(best.size());
        for (Ranked each : best) {
            hits.add(new Hit(each.place().entry(query.parts()), each.score()));
        }
        hits.sort(Comparator.comparing(Hit::score)
                .reversed()
                .thenComparing(hit -> new BytesRef(hit.entry().id())));
        return hits.subList(0, Math.min(query.k(), hits.size()));
    }

    private record Ranked(Place place, float score) {}
}
