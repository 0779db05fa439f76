package dev.fovea.patches;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.fetch.ReferenceFetcher;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import java.nio.ByteBuffer;

/// Gets at the image of a request. Any thread; it closes neither the fetcher nor the decoder.
public final class ImageReader {
    private final ReferenceFetcher fetcher;
    private final ImageDecoder decoder;
    private final Permits fetches;

    /// @param fetches bounds the memory of references: the entrances count the short URI only
    public ImageReader(ReferenceFetcher fetcher, ImageDecoder decoder, Permits fetches) {
        this.fetcher = fetcher;
        this.decoder = decoder;
        this.fetches = fetches;
    }

    /// Room for the encoded bytes, waited for; the caller closes it when they are decoded. Bytes that came with the
    /// request have theirs.
    Permits.Permit room(ImageSource source, Lane lane, Deadline deadline) throws InterruptedException {
        return switch (source) {
            case ImageSource.Content _ -> () -> {};
            case ImageSource.Reference _ -> fetches.acquire(lane, deadline);
        };
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
