package dev.fovea.imaging.read;

import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.fetch.ReferenceFetcher;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Stage;
import dev.fovea.inference.StageClock;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.SourceUnavailable;
import java.nio.ByteBuffer;

/// The decode stage of every service: gets at the image of a request. Any thread; it closes neither the fetcher nor
/// the decoder.
public final class ImageReader {
    private final ReferenceFetcher fetcher;
    private final ImageDecoder decoder;
    private final Permits fetches;
    private final Permits cpu;

    /// @param fetches bounds the memory of references: the entrances count the short URI only
    /// @param cpu bounds how many images are decoded and alive
    public ImageReader(ReferenceFetcher fetcher, ImageDecoder decoder, Permits fetches, Permits cpu) {
        this.fetcher = fetcher;
        this.decoder = decoder;
        this.fetches = fetches;
        this.cpu = cpu;
    }

    /// Waits for the network if the image is elsewhere, then for a core, and decodes. Waiting for permits belongs to no
    /// stage; fetching belongs to [Stage#DECODE]. The caller closes the image as soon as it can.
    ///
    /// @throws InvalidInput as [ImageDecoder#decode] and [ReferenceFetcher#fetch] say
    /// @throws SourceUnavailable if a reference cannot be fetched now
    /// @throws Overloaded if no permit can be expected in time for an interactive request
    /// @throws DeadlineExceeded if none came free in time
    public OpenedImage open(ImageSource source, Lane lane, Deadline deadline, StageClock clock)
            throws InterruptedException {
        try (var _ = room(source, lane, deadline)) {
            clock.waited();
            ByteBuffer encoded = read(source);
            clock.ended(Stage.DECODE);
            Permits.Permit core = cpu.acquire(lane, deadline);
            clock.waited();
            try {
                var opened = new OpenedImage(decoder.decode(encoded), core);
                clock.ended(Stage.DECODE);
                return opened;
            } catch (InterruptedException | RuntimeException | Error undecodable) {
                core.close();
                throw undecodable;
            }
        }
    }

    /// Room for the encoded bytes until they are decoded. Bytes that came with the request have theirs.
    private Permits.Permit room(ImageSource source, Lane lane, Deadline deadline) throws InterruptedException {
        return switch (source) {
            case ImageSource.Content _ -> () -> {};
            case ImageSource.Reference _ -> fetches.acquire(lane, deadline);
        };
    }

    private ByteBuffer read(ImageSource source) {
        return switch (source) {
            case ImageSource.Content content -> content.bytes();
            case ImageSource.Reference reference -> fetcher.fetch(reference.uri());
        };
    }
}
