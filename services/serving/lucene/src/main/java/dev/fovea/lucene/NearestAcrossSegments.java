package dev.fovea.lucene;

import dev.fovea.vectorindex.Filter;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.knn.KnnCollectorManager;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.apache.lucene.search.knn.MultiLeafKnnCollector;
import org.apache.lucene.util.hnsw.BlockingFloatHeap;

/// Lucene's search of the graphs, except that what the segments before found bounds the search of the next.
/// Few of the nearest lie in a small segment; without a bound its graph is walked for as many candidates as
/// the whole index has to give, and longer, since they are far away and all equally so.
///
/// Best with the largest segment first.
final class NearestAcrossSegments extends KnnFloatVectorQuery {

    /// Lucene's other way through a graph with a filter (ACORN) lost recall where it was measured; 0 never
    /// takes it.
    private static final KnnSearchStrategy STRATEGY = new KnnSearchStrategy.Hnsw(0);

    /// The share of the candidates that segments before may spare a segment; for the others it walks on.
    private static final float GREEDINESS = .7f;

    /// Looks at the common bound after every sixteenth vector; a bit mask.
    private static final int INTERVAL = 0xF;

    NearestAcrossSegments(float[] vector, int candidates, Optional<Filter> filter) {
        super(Documents.VECTOR, vector, candidates, filter.map(Filters::query).orElse(null), STRATEGY);
    }

    @Override
    protected KnnCollectorManager getKnnCollectorManager(int candidates, IndexSearcher searcher) {
        return new SharedBound(candidates, new BlockingFloatHeap(candidates));
    }

    /// Of one search, whose segments are searched one after another.
    private record SharedBound(int candidates, BlockingFloatHeap nearest) implements KnnCollectorManager {

        @Override
        public KnnCollector newCollector(int visitLimit, KnnSearchStrategy strategy, LeafReaderContext segment) {
            return new MultiLeafKnnCollector(
                    candidates, GREEDINESS, INTERVAL, nearest, new TopKnnCollector(candidates, visitLimit, strategy));
        }
    }
}
