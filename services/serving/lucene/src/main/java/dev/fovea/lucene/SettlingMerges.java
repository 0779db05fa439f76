package dev.fovea.lucene;

import java.io.IOException;
import java.nio.file.FileStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.MergeTrigger;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;

/// Lucene's merges while the index is written, and further ones when asked for
/// ([org.apache.lucene.index.IndexWriter#maybeMerge]), until each segment is many times as large as all
/// smaller ones together. A search then walks few graphs, of which only the largest is long to walk, and a
/// large segment is not written anew for the sake of little.
final class SettlingMerges extends FilterMergePolicy {

    /// How many times as large. A segment is written anew each time the index grows by this part of it.
    static final int DOMINANCE = 10;

    private final long largest;
    private final FileStore disk;
    private final long reservedBytes;

    /// @param reservedBytes of the disk that stay free
    SettlingMerges(TieredMergePolicy whileWriting, FileStore disk, long reservedBytes) {
        super(whileWriting);
        this.largest = (long) (whileWriting.getMaxMergedSegmentMB() * (1 << 20));
        this.disk = disk;
        this.reservedBytes = reservedBytes;
    }

    @Override
    public MergeSpecification findMerges(MergeTrigger trigger, SegmentInfos segments, MergeContext context)
            throws IOException {
        return trigger == MergeTrigger.EXPLICIT
                ? settling(segments, context)
                : super.findMerges(trigger, segments, context);
    }

    private MergeSpecification settling(SegmentInfos segments, MergeContext context) throws IOException {
        List<Sized> free = new ArrayList<>();
        for (SegmentCommitInfo segment : segments) {
            if (!context.getMergingSegments().contains(segment)) {
                free.add(new Sized(segment, size(segment, context)));
            }
        }
        free.sort(Comparator.comparingLong(Sized::bytes));
        long room = Math.min(largest, disk.getUsableSpace() - reservedBytes);
        int count = together(free.stream().mapToLong(Sized::bytes).toArray(), room);
        var merges = new MergeSpecification();
        if (count > 0) {
            merges.add(new OneMerge(
                    free.subList(0, count).stream().map(Sized::segment).toList()));
        }
        return merges;
    }

    /// How many of the smallest segments belong together; 0 or at least 2.
    ///
    /// @param sizes ascending
    /// @param largest in the unit of the sizes; no merge is larger
    static int together(long[] sizes, long largest) {
        long smaller = 0;
        int count = 0;
        for (int i = 0; i < sizes.length && smaller + sizes[i] <= largest; i++) {
            if (i > 0 && sizes[i] < DOMINANCE * smaller) {
                count = i + 1;
            }
            smaller += sizes[i];
        }
        return count;
    }

    /// @param bytes without those of deleted documents
    private record Sized(SegmentCommitInfo segment, long bytes) {}
}
