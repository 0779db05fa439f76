package dev.fovea.architectures.weights.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// A deflated range of a file, inflated while it is read.
///
/// @param size bytes after inflation, as the archive declares them; no more are ever read
public record InflatedBytes(FileBytes deflated, long size) implements Bytes {

    @Override
    public String subject() {
        return deflated.subject();
    }

    @Override
    public InputStream stream(long from) throws IOException {
        InputStream inflated = new Inflated(deflated.stream(0));
        try {
            inflated.skipNBytes(from);
            return inflated;
        } catch (IOException e) {
            inflated.close();
            throw e;
        }
    }

    /// Frees the inflater's native memory on close, which the stream does only for an inflater of its own.
    private static final class Inflated extends InflaterInputStream {

        Inflated(InputStream stream) {
            super(stream, new Inflater(true), 8192);
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }
}
