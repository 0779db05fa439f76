package dev.fovea.lucene;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.vectorindex.Filter;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.Part;
import dev.fovea.vectorindex.ScanPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/// Entries in the order of their ids, which is the order of Lucene's terms: a page costs what it holds,
/// wherever it begins. Under a filter, each page also costs one pass over what meets it.
final class Scans {

    private final IndexSearcher searcher;
    private final Ticker ticker;

    Scans(IndexSearcher searcher, Ticker ticker) {
        this.searcher = searcher;
        this.ticker = ticker;
    }

    ScanPage page(Optional<String> after, int limit, Optional<Filter> filter, Set<Part> parts, Deadline deadline)
            throws IOException, InterruptedException {
        IndexReader reader = searcher.getIndexReader();
        List<Place> places = places(reader, after, limit + 1L, wanted(reader, filter), deadline);
        List<IndexEntry> entries = new ArrayList<>();
        for (Place place : places.subList(0, Math.min(limit, places.size()))) {
            entries.add(place.entry(parts));
        }
        return new ScanPage(
                entries, places.size() > limit ? Optional.of(entries.getLast().id()) : Optional.empty());
    }

    private List<Place> places(IndexReader reader, Optional<String> after, long most, Bits wanted, Deadline deadline)
            throws IOException, InterruptedException {
        List<Place> places = new ArrayList<>();
        Terms terms = MultiTerms.getTerms(reader, Documents.ID);
        TermsEnum ids = terms == null ? TermsEnum.EMPTY : terms.iterator();
        PostingsEnum docs = null; // Lucene's word for a new one
        boolean more = goTo(ids, after);
        while (more && places.size() < most) {
            docs = ids.postings(docs, PostingsEnum.NONE);
            for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
                if (wanted.get(doc)) {
                    Place place = Place.at(doc, reader.leaves());
                    if (!place.isTombstone()) {
                        places.add(place);
                    }
                }
            }
            deadline.requireWanted(ticker, "the scan's page was full");
            more = ids.next() != null;
        }
        return places;
    }

    private static boolean goTo(TermsEnum ids, Optional<String> after) throws IOException {
        if (after.isEmpty()) {
            return ids.next() != null;
        }
        return switch (ids.seekCeil(new BytesRef(after.get()))) {
            case FOUND -> ids.next() != null;
            case NOT_FOUND -> true;
            case END -> false;
        };
    }

    /// Live documents that meet the filter.
    private Bits wanted(IndexReader reader, Optional<Filter> filter) throws IOException {
        Bits live = MultiBits.getLiveDocs(reader);
        Bits existing = live == null ? new Bits.MatchAllBits(reader.maxDoc()) : live;
        if (filter.isEmpty()) {
            return existing;
        }
        var matching = new FixedBitSet(Math.max(1, reader.maxDoc()));
        Weight weight =
                searcher.createWeight(searcher.rewrite(Filters.query(filter.get())), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext segment : reader.leaves()) {
            Scorer scorer = weight.scorer(segment);
            if (scorer != null) {
                DocIdSetIterator docs = scorer.iterator();
                for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
                    int global = segment.docBase + doc;
                    if (existing.get(global)) {
                        matching.set(global);
                    }
                }
            }
        }
        return matching;
    }
}
