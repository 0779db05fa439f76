package dev.fovea.local;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.local.drawing.KeypointPicture;
import dev.fovea.local.drawing.MatchPicture;
import dev.fovea.proto.v1.PatchDescriptionResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Draws what the service found, on a thread of its own, into files below a folder.
///
/// One thread may call it; whoever made it closes it, which drops what is not drawn yet.
final class Pictures implements AutoCloseable {

    private final Path folder;
    private final Screen screen;
    private final ViewPairs<DescribedImage> pairs; // used by the drawing thread only
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

    /// @param images in name order
    Pictures(Path folder, Screen screen, List<ImageFile> images) {
        this.folder = folder;
        this.screen = screen;
        this.pairs = new ViewPairs<>(images);
    }

    void add(ImageFile image, PatchDescriptionResult result) {
        drawing.execute(() -> safely(image, () -> draw(image, result)));
    }

    /// The image became a dead letter.
    void skip(ImageFile image) {
        drawing.execute(() -> pairs.skip(image));
    }

    /// Images that wait to be drawn.
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

    @Override
    public void close() {
        drawing.shutdownNow();
        decoder.close();
    }

    private interface Drawing {
        void run() throws IOException, InterruptedException;
    }

    /// A picture that cannot be drawn is said and costs nothing else.
    private void safely(ImageFile image, Drawing step) {
        try {
            step.run();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException failed) {
            screen.line(image.key() + ": no picture: " + failed.getMessage());
        }
    }

    private void draw(ImageFile file, PatchDescriptionResult result) throws IOException, InterruptedException {
        DescribedImage described = DescribedImage.of(file, result);
        try (Image image = decode(file)) {
            List<String> caption = new ArrayList<>();
            caption.add(result.getKeypointsCount() + " keypoints");
            caption.addAll(Lines.stages(result.getTimings()));
            KeypointPicture picture = new KeypointPicture(described.keypoints(), file.key(), caption);
            write(stem(file.key()) + ".keypoints.jpg", picture.draw(image));
        }
        for (ViewPairs.Pair<DescribedImage> pair : pairs.add(file, described)) {
            match(pair.left(), pair.right());
        }
    }

    private void match(DescribedImage left, DescribedImage right) throws IOException, InterruptedException {
        try (Image leftImage = decode(left.file());
                Image rightImage = decode(right.file())) {
            MatchedViews views = MatchedViews.of(left, right, leftImage.width(), leftImage.height());
            screen.line(Lines.matched(views));
            if (views.homography().isEmpty()) {
                return;
            }
            List<String> caption = new ArrayList<>();
            caption.add(views.matches() + " matches, " + views.agreeing().size() + " on one plane");
            views.errorPx().ifPresent(known -> caption.add(Lines.error(views)));
            MatchPicture picture = new MatchPicture(views.agreeing(), views.homography(), views.title(), caption);
            String name = stem(left.file().key()) + "-to-" + stem(right.file().name()) + ".matches.jpg";
            write(name, picture.draw(leftImage, rightImage));
        }
    }

    private Image decode(ImageFile file) throws IOException, InterruptedException {
        return decoder.decode(ByteBuffer.wrap(Files.readAllBytes(file.path())));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the drawing thread only
    private void write(String name, byte[] jpeg) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, jpeg);
        written++;
    }

    /// Without `.jpg`; other endings stay, lest `a.png` and `a.jpg` meet.
    private static String stem(String name) {
        return name.endsWith(".jpg") ? name.substring(0, name.length() - 4) : name;
    }
}
