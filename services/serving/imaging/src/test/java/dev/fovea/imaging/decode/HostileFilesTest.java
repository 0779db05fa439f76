package dev.fovea.imaging.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.SharedData;
import dev.fovea.inference.failure.InvalidInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

class HostileFilesTest {

    private static final long MAX_RESIDENT_KIB = 1536 * 1024;

    /// Every limit as shipped but the time: this machine may be busy.
    private static final DecodeLimits LIMITS = new DecodeLimits(16 << 20, 50_000_000, 32_768, Duration.ofMinutes(1));

    @Test
    void everyFileGivesAnImageOrANamedErrorInBoundedMemory() throws Exception {
        Path folder = SharedData.folder("hostile");
        Map<String, Integer> outcomes = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        try (ImageDecoder decoder = new ImageDecoder(LIMITS)) {
            for (Path file : files) {
                outcomes.merge(outcome(decoder, file), 1, Integer::sum);
            }
        }
        System.out.println("hostile files: " + files.size() + " " + outcomes);
        assertThat(outcomes.get("image")).isGreaterThan(files.size() / 2);
        assertThat(outcomes.keySet()).allMatch(outcome -> outcome.equals("image") || outcome.startsWith("IMAGE_"));
        assertThat(outcomes.keySet()).doesNotContain("IMAGE_DECODE_TIMEOUT");
        assertThat(peakResidentKib()).isLessThan(MAX_RESIDENT_KIB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Landscape", "Portrait"})
    void allOrientationsGiveTheSameImage(String name) throws Exception {
        Path folder = SharedData.folder("hostile").resolve("exif_orientation");
        try (ImageDecoder decoder = new ImageDecoder(LIMITS);
                Image upright = decode(decoder, folder.resolve(name + "_1.jpg"))) {
            assertThat(meanDifference(upright, flipped(upright))).isGreaterThan(20);
            for (int orientation = 2; orientation <= 8; orientation++) {
                try (Image turned = decode(decoder, folder.resolve(name + "_" + orientation + ".jpg"))) {
                    assertThat(turned.width()).isEqualTo(upright.width());
                    // The digit painted on each, compressed along other axes, leaves up to 4.
                    assertThat(meanDifference(upright, turned))
                            .as("%s with orientation %s", name, orientation)
                            .isLessThan(5);
                }
            }
        }
    }

    private static String outcome(ImageDecoder decoder, Path file) throws IOException, InterruptedException {
        try (Image image = decode(decoder, file)) {
            return image.width() > 0 ? "image" : "empty";
        } catch (InvalidInput named) {
            return named.code();
        } catch (RuntimeException unnamed) {
            return fail(file + " gave neither an image nor a named error", unnamed);
        }
    }

    private static Image decode(ImageDecoder decoder, Path file) throws IOException, InterruptedException {
        return decoder.decode(ByteBuffer.wrap(Files.readAllBytes(file)));
    }

    private static Image flipped(Image image) {
        Mat flipped = new Mat();
        Core.flip(image.mat(), flipped, 0);
        return Image.owning(flipped);
    }

    private static double meanDifference(Image a, Image b) {
        Mat difference = new Mat();
        try {
            Core.absdiff(a.mat(), b.mat(), difference);
            Scalar mean = Core.mean(difference);
            return (mean.val[0] + mean.val[1] + mean.val[2]) / 3;
        } finally {
            difference.release();
        }
    }

    private static long peakResidentKib() throws IOException {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.isReadable(status), "no " + status + " on this system to read the peak from");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .peek(kib -> System.out.println("peak resident memory: " + kib / 1024 + " MiB"))
                .findFirst()
                .orElseThrow();
    }
}
