package dev.fovea.local;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.local.scene.Scene;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/// The folder of images to search with.
///
/// One thread may call it.
record QueryImages(Path folder) {

    private static final String JPEG = "image/jpeg";
    private static final int JPEG_QUALITY = 88;

    /// Of each side, what a crop keeps: all of it lies in the image, turned as it is, unless that is three times as
    /// long as it is high.
    private static final double KEPT = 0.7;

    private static final double TURNED_DEGREES = 8;
    private static final double LIGHT = 0.75;

    /// Longer side of a crop, pixels.
    private static final double LONGEST = 1024;

    /// The views of the sample scenes that are not sent; right answers show the same scene.
    Queries rendered() {
        List<ImageFile> images = new ArrayList<>();
        Map<String, String> wanted = new HashMap<>();
        for (Scene scene : Scene.values()) {
            String key = scene.title() + "/query.jpg";
            images.add(new ImageFile(folder.resolve(key), key, JPEG));
            wanted.put(key, scene.title() + "/");
        }
        return new Queries(images, wanted);
    }

    /// Parts of some images, turned and darkened; the right answer is the image itself. Images that cannot be decoded
    /// are passed over.
    ///
    /// @throws IOException if a file cannot be read or written
    Queries crops(List<ImageFile> images) throws IOException, InterruptedException {
        OpenCv.load();
        List<ImageFile> crops = new ArrayList<>();
        Map<String, String> wanted = new HashMap<>();
        int most = Math.min(Queries.MOST, images.size());
        try (ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults())) {
            for (int i = 0; i < most; i++) {
                ImageFile image = images.get(i * images.size() / most);
                Optional<byte[]> crop = crop(decoder, image);
                if (crop.isPresent()) {
                    String key = image.stem() + ".crop.jpg";
                    Path file = folder.resolve(key);
                    Files.createDirectories(file.getParent());
                    Files.write(file, crop.get());
                    crops.add(new ImageFile(file, key, JPEG));
                    wanted.put(key, image.key());
                }
            }
        }
        return new Queries(crops, wanted);
    }

    private static Optional<byte[]> crop(ImageDecoder decoder, ImageFile file)
            throws IOException, InterruptedException {
        try (Image image = decoder.decode(ByteBuffer.wrap(Files.readAllBytes(file.path())))) {
            return Optional.of(crop(image));
        } catch (InferenceFailure unreadable) {
            return Optional.empty(); // the services say why
        }
    }

    private static byte[] crop(Image image) {
        double width = KEPT * image.width();
        double height = KEPT * image.height();
        double scale = Math.min(1, LONGEST / Math.max(width, height));
        Size size = new Size(Math.max(1, Math.round(scale * width)), Math.max(1, Math.round(scale * height)));
        Point middle = new Point(image.width() / 2.0, image.height() / 2.0);
        Mat turn = Imgproc.getRotationMatrix2D(middle, TURNED_DEGREES, scale);
        Mat crop = new Mat();
        try {
            // The image's middle comes to lie in the crop's.
            turn.put(0, 2, turn.get(0, 2)[0] + size.width / 2 - middle.x);
            turn.put(1, 2, turn.get(1, 2)[0] + size.height / 2 - middle.y);
            Imgproc.warpAffine(image.mat(), crop, turn, size, Imgproc.INTER_AREA);
            crop.convertTo(crop, -1, LIGHT, 0);
            return Image.owning(crop).encodeJpeg(JPEG_QUALITY);
        } finally {
            turn.release();
            crop.release();
        }
    }
}
