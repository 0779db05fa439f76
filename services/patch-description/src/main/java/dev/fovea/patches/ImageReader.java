package dev.fovea.patches;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.fetch.ReferenceFetcher;
import java.nio.ByteBuffer;

/// Gets at the image of a request. Any thread; it closes neither the fetcher nor the decoder.
public final class ImageReader {
    private final ReferenceFetcher fetcher;
    private final ImageDecoder decoder;

    public ImageReader(ReferenceFetcher fetcher, ImageDecoder decoder) {
        this.fetcher = fetcher;
        this.decoder = decoder;
    }

    /// The encoded bytes; waits for the network if they are elsewhere.
    ByteBuffer read(ImageSource source) {
        return switch (source) {
            case ImageSource.Content content -> content.bytes();
            case ImageSource.Reference reference -> fetcher.fetch(reference.uri());
        };
    }

    /// The caller closes the image.
    Image decode(ByteBuffer encoded) throws InterruptedException {
        return decoder.decode(encoded);
    }
}
