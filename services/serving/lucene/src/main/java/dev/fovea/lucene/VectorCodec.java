package dev.fovea.lucene;

import dev.fovea.vectorindex.VectorStorage;
import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/// Lucene's codec with the graph and the storage of a collection. It writes under Lucene's own names, so
/// that Lucene alone reads what it wrote.
final class VectorCodec extends Lucene104Codec {

    private final KnnVectorsFormat vectors;

    VectorCodec(VectorStorage storage, LuceneSettings.Graph graph) {
        this.vectors = new Wide(format(storage, graph));
    }

    @Override
    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return vectors;
    }

    private static KnnVectorsFormat format(VectorStorage storage, LuceneSettings.Graph graph) {
        return switch (storage) {
            case FLOAT32 -> new Lucene99HnswVectorsFormat(graph.connections(), graph.beam());
            case INT8 -> quantized(ScalarEncoding.UNSIGNED_BYTE, graph);
            case INT4 -> quantized(ScalarEncoding.PACKED_NIBBLE, graph);
            case BINARY -> quantized(ScalarEncoding.SINGLE_BIT_QUERY_NIBBLE, graph);
        };
    }

    private static KnnVectorsFormat quantized(ScalarEncoding encoding, LuceneSettings.Graph graph) {
        return new Lucene104HnswScalarQuantizedVectorsFormat(encoding, graph.connections(), graph.beam());
    }

    /// Lucene's own formats refuse more than 1,024 dimensions, for memory's sake; they work with more.
    private static final class Wide extends KnnVectorsFormat {

        private static final int MOST_DIMENSIONS = 4096;

        private final KnnVectorsFormat format;

        private Wide(KnnVectorsFormat format) {
            super(format.getName());
            this.format = format;
        }

        @Override
        public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
            return format.fieldsWriter(state);
        }

        @Override
        public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
            return format.fieldsReader(state);
        }

        @Override
        public int getMaxDimensions(String field) {
            return MOST_DIMENSIONS;
        }
    }
}
