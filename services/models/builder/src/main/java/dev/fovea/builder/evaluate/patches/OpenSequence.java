package dev.fovea.builder.evaluate.patches;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.inference.failure.InferenceFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A sequence with its images in memory. Whoever opens it closes it.
final class OpenSequence implements AutoCloseable {

    private final ImageSequence sequence;
    private final List<Image> images;

    private OpenSequence(ImageSequence sequence, List<Image> images) {
        this.sequence = sequence;
        this.images = images;
    }

    /// @throws IOException naming the file that cannot be read
    static OpenSequence open(ImageSequence sequence, ImageDecoder decoder) throws IOException, InterruptedException {
        var open = new OpenSequence(sequence, new ArrayList<>());
        try {
            for (Path file : sequence.images()) {
                open.images.add(decode(file, decoder));
            }
            return open;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            open.close();
            throw failed;
        }
    }

    private static Image decode(Path file, ImageDecoder decoder) throws IOException, InterruptedException {
        try {
            return decoder.decode(ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (InferenceFailure refused) {
            throw new IOException(file + ": " + refused.getMessage(), refused);
        }
    }

    ImageSequence sequence() {
        return sequence;
    }

    /// The reference is 0. Closed with the sequence.
    Image image(int view) {
        return images.get(view);
    }

    int views() {
        return images.size();
    }

    @Override
    public void close() {
        images.forEach(Image::close);
    }
}
