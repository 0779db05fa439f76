package dev.fovea.imaging.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.SharedData;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.repository.PatchPreprocessing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Guards the patch geometry: descriptors of our patches must find as many true matches as OpenCV's own of the same
/// keypoints. A wrong angle, scale or centre shows here at once.
class SiftNetAgainstOpenCvTest {

    private static final int KEYPOINTS = 1000;
    private static final double GOAL = 0.95;

    /// Nearest to each other; no ratio test, so that only the descriptors decide.
    private static final DescriptorMatcher MATCHER = new DescriptorMatcher(1, true);

    private record Row(String pair, int first, int second, long sift, long rootSift, long siftNet) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-11s | %4d %4d | %5d | %5d | %5d | %.3f",
                    pair,
                    first,
                    second,
                    sift,
                    rootSift,
                    siftNet,
                    (double) siftNet / sift);
        }
    }

    @Test
    void siftNetOnPatchesFindsAtLeastAsManyTrueMatchesAsTheGoalAsks() throws Exception {
        Path folder = SharedData.folder("sequences");
        long sift = 0;
        long rootSift = 0;
        long siftNet = 0;
        System.out.println("correct mutual matches within 3 px of the true homography");
        System.out.println("pair        | keypoints |  SIFT |  Root | SIFTNet Root | ratio to SIFT");
        try (ImageDecoder decoder =
                        new ImageDecoder(new DecodeLimits(16 << 20, 50_000_000, 32_768, Duration.ofMinutes(1)));
                SiftNetDescriber describer = new SiftNetDescriber(
                        Map.of("rootsift", "true"),
                        PatchPreprocessing.DEFAULT_MAGNIFICATION,
                        PatchExtractor.SMOOTHING)) {
            for (SequencePair pair : SequencePair.all(folder)) {
                Row row = compare(pair, decoder, describer);
                System.out.println(row);
                sift += row.sift();
                rootSift += row.rootSift();
                siftNet += row.siftNet();
            }
        }
        System.out.println(new Row("all", 0, 0, sift, rootSift, siftNet));
        assertThat((double) siftNet / sift).isGreaterThanOrEqualTo(GOAL);
    }

    private static Row compare(SequencePair pair, ImageDecoder decoder, SiftNetDescriber describer) throws Exception {
        try (Image first = pair.first(decoder);
                Image second = pair.second(decoder)) {
            OpenCvSift from = OpenCvSift.of(first, KEYPOINTS);
            OpenCvSift to = OpenCvSift.of(second, KEYPOINTS);
            List<Match> sift = MATCHER.match(from.descriptors(), to.descriptors());
            List<Match> root = MATCHER.match(from.rootSift(), to.rootSift());
            List<Match> net = MATCHER.match(
                    describer.describe(first, from.keypoints()), describer.describe(second, to.keypoints()));
            return new Row(
                    pair.name(),
                    from.keypoints().size(),
                    to.keypoints().size(),
                    pair.correct(sift, from.keypoints(), to.keypoints()),
                    pair.correct(root, from.keypoints(), to.keypoints()),
                    pair.correct(net, from.keypoints(), to.keypoints()));
        }
    }
}
