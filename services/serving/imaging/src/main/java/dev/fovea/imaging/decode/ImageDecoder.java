package dev.fovea.imaging.decode;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.Overloaded;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Encoded files of strangers to images.
///
/// The header is read first and every limit checked on it; then one of at most as many daemon threads as there are
/// processors decodes, while the caller waits.
///
/// **A decode that runs too long** fails for its caller at the limit. The native call behind it cannot be
/// interrupted: its thread goes on, keeps its permit and frees its memory when it ends, so that processor time and
/// memory stay bounded; if every permit is held that way, later callers get [Overloaded]. The checks on the header
/// (pixels, scans) bound how long that can be.
///
/// **Memory**, at most: processors × pixel limit × 11 bytes (the stored pixels, at most 8, and the RGB image), all of
/// it native but for TIFF and GIF, whose stored pixels take at most a quarter of the heap each.
///
/// **Threads:** any number of callers. **Who closes it:** its owner; running decodes then end on their own.
public final class ImageDecoder implements AutoCloseable {

    /// How long a caller waits for a permit, in decode time-outs: a queue this long is overload.
    private static final int PATIENCE = 10;

    private final DecodeLimits limits;
    private final PixelReader pixels;
    private final Semaphore permits;
    private final ExecutorService threads;

    /// Header known to keep the limits, file untouched since.
    @FunctionalInterface
    interface PixelReader {

        Image read(byte[] file, ImageHeader header);
    }

    public ImageDecoder(DecodeLimits limits) {
        this(limits, Runtime.getRuntime().availableProcessors(), ImageDecoder::readPixels);
    }

    ImageDecoder(DecodeLimits limits, int concurrency, PixelReader pixels) {
        // Here, because loading takes seconds and the first decode has two.
        OpenCv.load();
        this.limits = limits;
        this.pixels = pixels;
        this.permits = new Semaphore(concurrency, true);
        this.threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("fovea-decode-", 0).factory());
    }

    /// Decodes the remaining bytes of `encoded`, whose position and limit stay as they are. The caller closes the
    /// image.
    ///
    /// | code | when |
    /// |------|------|
    /// | `IMAGE_EMPTY` | no bytes |
    /// | `IMAGE_TOO_LARGE` | more bytes than the limit |
    /// | `IMAGE_FORMAT_UNSUPPORTED` | not JPEG, PNG, WebP, TIFF, BMP or GIF, or a rare kind of TIFF |
    /// | `IMAGE_SIDE_TOO_LONG`, `IMAGE_TOO_MANY_PIXELS`, `IMAGE_TOO_MANY_SCANS` | header over a limit |
    /// | `IMAGE_DECODE_TIMEOUT` | decoding ran longer than the limit |
    /// | `IMAGE_UNDECODABLE` | cut off, broken or contradicting its header |
    ///
    /// @throws InvalidInput with one of these codes
    /// @throws Overloaded `DECODE_BUSY` if no decoding thread came free within ten times the decode limit
    /// @throws InterruptedException if the calling thread is interrupted while it waits
    public Image decode(ByteBuffer encoded) throws InterruptedException {
        requireSize(encoded.remaining());
        ImageHeader header = ImageHeader.read(encoded);
        header.check(limits);
        // A private copy: an abandoned decode outlives this call, and the caller's buffer may not.
        byte[] file = new byte[encoded.remaining()];
        encoded.get(encoded.position(), file);
        acquirePermit();
        CompletableFuture<Image> answer = start(file, header);
        try {
            return answer.get(limits.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            answer.completeExceptionally(tooSlow(header));
            return join(answer);
        } catch (InterruptedException interrupted) {
            if (!answer.completeExceptionally(interrupted) && !answer.isCompletedExceptionally()) {
                answer.resultNow().close();
            }
            throw interrupted;
        } catch (ExecutionException failed) {
            throw failure(failed);
        }
    }

    private CompletableFuture<Image> start(byte[] file, ImageHeader header) {
        CompletableFuture<Image> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> run(file, header, answer));
        } catch (RuntimeException | Error notStarted) {
            permits.release();
            throw notStarted;
        }
        return answer;
    }

    // Runs on a decoding thread.
    private void run(byte[] file, ImageHeader header, CompletableFuture<Image> answer) {
        try {
            Image image = pixels.read(file, header);
            // Whoever completes the answer first owns the outcome; a late image has no taker.
            if (!answer.complete(image)) {
                image.close();
            }
        } catch (Throwable failed) {
            answer.completeExceptionally(failed);
        } finally {
            permits.release();
        }
    }

    /// The answer may have arrived between the time-out and the attempt to fail it; then it stands.
    private static Image join(CompletableFuture<Image> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            throw failure(failed);
        }
    }

    private static RuntimeException failure(ExecutionException failed) {
        return switch (failed.getCause()) {
            case InferenceFailure named -> named;
            case Error error -> throw error;
            case null, default -> new IllegalStateException("decoding failed", failed);
        };
    }

    private void acquirePermit() throws InterruptedException {
        Duration patience = limits.timeout().multipliedBy(PATIENCE);
        if (!permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new Overloaded(
                    "DECODE_BUSY",
                    "no decoding thread came free within " + patience.toMillis() + " ms",
                    "more than " + patience.toMillis() + " ms",
                    patience.toMillis() + " ms",
                    limits.timeout());
        }
    }

    private void requireSize(int bytes) {
        if (bytes == 0) {
            throw new InvalidInput("IMAGE_EMPTY", "the image has no bytes", "0 bytes", "1 byte");
        }
        if (bytes > limits.maxBytes()) {
            throw new InvalidInput(
                    "IMAGE_TOO_LARGE",
                    "encoded image of " + bytes + " bytes is above " + limits.maxBytes() + " bytes",
                    bytes + " bytes",
                    limits.maxBytes() + " bytes");
        }
    }

    private InvalidInput tooSlow(ImageHeader header) {
        long limit = limits.timeout().toMillis();
        return new InvalidInput(
                "IMAGE_DECODE_TIMEOUT",
                "decoding a " + header.format() + " of " + header.width() + "x" + header.height()
                        + " px took more than " + limit + " ms",
                "more than " + limit + " ms",
                limit + " ms");
    }

    private static Image readPixels(byte[] file, ImageHeader header) {
        return Image.owning(ExifOrientation.upright(
                switch (header.reader()) {
                    case OPENCV -> OpenCvReader.read(file, header);
                    case IMAGE_IO -> ImageIoReader.read(file, header);
                },
                header.orientation()));
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
