package dev.fovea.lucene;

import dev.fovea.vectorindex.IndexStats;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;

/// How large an index is, by what its files are kept for: `graph`, `vectors`, `quantized`, `payloads`,
/// `recent` (small segments, everything in one file until they are merged) and `metadata` with whatever else
/// there is.
final class Sizes {

    private Sizes() {}

    static IndexStats stats(IndexSearcher searcher, Directory directory) throws IOException {
        Map<String, Long> byKind = new TreeMap<>();
        for (String file : directory.listAll()) {
            byKind.merge(kind(file), length(directory, file), Long::sum);
        }
        long entries = (long) searcher.getIndexReader().numDocs() - Tombstones.count(searcher);
        long bytes = byKind.values().stream().mapToLong(Long::longValue).sum();
        return new IndexStats(entries, bytes, byKind);
    }

    private static String kind(String file) {
        String extension = IndexFileNames.getExtension(file);
        return switch (extension == null ? "" : extension) {
            case "vex", "vem" -> "graph";
            case "vec", "vemf" -> "vectors";
            case "veq", "vemq" -> "quantized";
            case "fdt", "fdx", "fdm" -> "payloads";
            case "cfs", "cfe" -> "recent";
            default -> "metadata";
        };
    }

    /// 0 of a file that a merge has just made needless.
    private static long length(Directory directory, String file) throws IOException {
        try {
            return directory.fileLength(file);
        } catch (NoSuchFileException | FileNotFoundException gone) {
            return 0;
        }
    }
}
