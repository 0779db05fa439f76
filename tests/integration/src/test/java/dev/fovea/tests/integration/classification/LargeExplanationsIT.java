package dev.fovea.tests.integration.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Image;
import dev.fovea.proto.v1.ClassificationResult;
import dev.fovea.tests.contract.service.Outcomes;
import dev.fovea.tests.contract.service.Sender;
import dev.fovea.tests.contract.service.ServiceRun;
import dev.fovea.tests.contract.service.ServiceUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Results with pictures that are larger than a record may be: a JPEG of noise is small, and its PNG is not.
class LargeExplanationsIT {

    private static final int JPEG_QUALITY = 30;

    /// A broker's own default is a little less.
    private static final String RECORD_LIMIT = "1M";

    private final Path folder;

    LargeExplanationsIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aResultOverTheLimitIsPublishedWithoutItsPictures() throws Exception {
        // Given
        ClassificationUnderTest.buildSmall(
                ServiceRun.models(folder), "--name=small", "--classes=12", "--seeded=test", "--explanations=true");
        byte[] small = noise(64);
        byte[] large = noise(1024);
        try (ServiceRun run = ServiceRun.start(new ClassificationUnderTest(), folder, 1, settings())) {

            // When
            send(run.sender(), Map.of("large", large, "small", small));
            Outcomes outcomes = run.await(Set.of("large", "small"), Duration.ofMinutes(2));

            // Then
            assertThat(outcomes.isResult("large")).isTrue();
            var withoutPictures =
                    ClassificationResult.parseFrom(outcomes.record("large").value());
            assertThat(withoutPictures.getLabelsList()).isNotEmpty();
            assertThat(withoutPictures.hasExplanation()).isFalse();
            assertThat(withoutPictures.getExplanationLeftOut()).isTrue();
            assertThat(outcomes.isResult("small")).isTrue();
            var result = ClassificationResult.parseFrom(outcomes.record("small").value());
            assertThat(result.getExplanation().getResponsesList()).hasSize(1);
            assertThat(result.getExplanationLeftOut()).isFalse();
        }
    }

    private static void send(Sender sender, Map<String, byte[]> images) throws Exception {
        for (Map.Entry<String, byte[]> image : images.entrySet()) {
            sender.send(image.getKey(), image.getValue(), Map.of("content-type", "image/jpeg"));
        }
        sender.finish();
    }

    private static Map<String, String> settings() {
        ServiceUnderTest service = new ClassificationUnderTest();
        Map<String, String> settings = new HashMap<>(service.settings());
        settings.put("fovea.classification.events.explanation", "true");
        settings.put("fovea.classification.events.explanation-max-side", "1024");
        settings.put("fovea.kafka.max-record-bytes", RECORD_LIMIT);
        return settings;
    }

    private static byte[] noise(int side) {
        byte[] rgb = new byte[3 * side * side];
        new Random(side).nextBytes(rgb);
        try (Image image = Image.fromRgb(side, side, rgb)) {
            return image.encodeJpeg(JPEG_QUALITY);
        }
    }
}
