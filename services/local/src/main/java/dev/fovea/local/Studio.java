package dev.fovea.local;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Draws pictures one after the other, on a thread of its own, into files below a folder.
///
/// One thread may order pictures; whoever made it closes it, which drops what is not drawn yet.
final class Studio implements AutoCloseable {

    private final Path folder;
    private final Screen screen;
    private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults());
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final ThreadPoolExecutor drawing = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            waiting,
            Thread.ofPlatform().daemon().name("fovea-drawing").factory());
    private volatile int written;

    /// Draws, on the drawing thread.
    interface Order {
        void draw() throws IOException, InterruptedException;
    }

    Studio(Path folder, Screen screen) {
        this.folder = folder;
        this.screen = screen;
    }

    /// A picture that cannot be drawn is said and costs nothing else.
    void order(ImageFile image, Order order) {
        drawing.execute(() -> {
            try {
                order.draw();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException failed) {
                screen.line(image.key() + ": no picture: " + failed.getMessage());
            }
        });
    }

    /// Orders that wait to be drawn.
    int backlog() {
        return waiting.size();
    }

    /// Waits until everything is drawn.
    ///
    /// @return files written
    int finish(StopRequest stop) throws InterruptedException {
        drawing.shutdown();
        while (!drawing.awaitTermination(200, TimeUnit.MILLISECONDS)) {
            stop.check();
        }
        return written;
    }

    /// For the drawing thread, which closes the image.
    Image open(ImageFile file) throws IOException, InterruptedException {
        return decode(ByteBuffer.wrap(Files.readAllBytes(file.path())));
    }

    /// For the drawing thread, which closes the image.
    Image decode(ByteBuffer encoded) throws InterruptedException {
        return decoder.decode(encoded);
    }

    /// Draws into a file.
    interface Drawing {
        void into(Path file) throws IOException, InterruptedException;
    }

    /// For the drawing thread.
    ///
    /// @param name path below the folder
    void write(String name, byte[] jpeg) throws IOException, InterruptedException {
        write(name, file -> Files.write(file, jpeg));
    }

    /// For the drawing thread.
    ///
    /// @param name path below the folder
    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the drawing thread only
    void write(String name, Drawing drawing) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        drawing.into(file);
        written++;
    }

    @Override
    public void close() {
        drawing.shutdownNow();
        decoder.close();
    }
}
