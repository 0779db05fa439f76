package dev.fovea.imaging.patch;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.ImageDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Two views of one plane with the true homography between them.
record SequencePair(String scene, int view, Path folder) {

    /// A match may be this far from where the true homography puts it, pixels.
    private static final double CORRECT_WITHIN = 3;

    static List<SequencePair> all(Path sequences) {
        return List.of(
                of(sequences, "graf", 2),
                of(sequences, "graf", 3),
                of(sequences, "leuven", 2),
                of(sequences, "leuven", 3),
                of(sequences, "leuven", 4),
                of(sequences, "bikes", 2),
                of(sequences, "bikes", 3),
                of(sequences, "bikes", 4),
                of(sequences, "trees", 2),
                of(sequences, "trees", 3),
                of(sequences, "trees", 4));
    }

    private static SequencePair of(Path sequences, String scene, int view) {
        return new SequencePair(scene, view, sequences.resolve(scene));
    }

    String name() {
        return scene + " 1-" + view;
    }

    Image first(ImageDecoder decoder) throws IOException, InterruptedException {
        return decoder.decode(ByteBuffer.wrap(Files.readAllBytes(folder.resolve("img1.png"))));
    }

    Image second(ImageDecoder decoder) throws IOException, InterruptedException {
        return decoder.decode(ByteBuffer.wrap(Files.readAllBytes(folder.resolve("img" + view + ".png"))));
    }

    long correct(List<Match> matches, List<Keypoint> first, List<Keypoint> second) throws IOException {
        double[] h = Arrays.stream(Files.readString(folder.resolve("H1to" + view + "p"))
                        .strip()
                        .split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        Homography truth = new Homography(h, new java.util.BitSet());
        return matches.stream()
                .filter(match -> {
                    Keypoint from = first.get(match.query());
                    Keypoint to = second.get(match.train());
                    return Math.hypot(truth.mapX(from.x(), from.y()) - to.x(), truth.mapY(from.x(), from.y()) - to.y())
                            <= CORRECT_WITHIN;
                })
                .count();
    }
}
