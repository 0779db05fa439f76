package dev.fovea.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.inference.lifecycle.ModelIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PayloadCodecTest {

    private static final StoredPayload SAMPLE = new StoredPayload(
            SampleFeatures.SIZE, Optional.of(SampleFeatures.random(1, 5)), ByteBuffer.wrap(new byte[] {1, 2, 3}));

    @Property(tries = 200)
    void whatIsReadIsWhatWasWrittenUpToTheKeypointsSteps(
            @ForAll @IntRange(min = 1, max = 20_000) int width,
            @ForAll @IntRange(min = 1, max = 20_000) int height,
            @ForAll @IntRange(max = 60) int count,
            @ForAll @IntRange(min = 1, max = 130) int dimension,
            @ForAll @LongRange(min = 0) long seed) {
        // Given
        LocalFeatures features = features(new ImageSize(width, height), count, dimension, seed);
        var payload =
                new StoredPayload(features.image(), Optional.of(features), ByteBuffer.wrap(new byte[(int) (seed % 9)]));

        // When
        StoredPayload read = PayloadCodec.decode(PayloadCodec.encode(payload));

        // Then
        LocalFeatures kept = read.features().orElseThrow();
        assertThat(read.image()).isEqualTo(payload.image());
        assertThat(read.thumbnail()).isEqualTo(payload.thumbnail());
        assertThat(kept.model()).isEqualTo(features.model());
        assertThat(kept.descriptors()).isEqualTo(features.descriptors());
        assertThat(kept.keypoints()).hasSize(count);
        for (int i = 0; i < count; i++) {
            Keypoint was = features.keypoints().get(i);
            Keypoint is = kept.keypoints().get(i);
            assertThat(is.x()).isCloseTo(was.x(), within(width / 65_000f));
            assertThat(is.y()).isCloseTo(was.y(), within(height / 65_000f));
            assertThat(is.size()).isCloseTo(was.size(), within(was.size() / 1000));
            double turn = Math.abs(is.angleDegrees() - was.angleDegrees());
            assertThat(Math.min(turn, 360 - turn)).isLessThan(0.01);
            assertThat(is.response()).isCloseTo(was.response(), within(was.response() / 1000 + 1e-6f));
        }
    }

    @Property(tries = 100)
    void whatWasReadIsWrittenAsTheSameBytes(
            @ForAll @IntRange(min = 1, max = 20_000) int width,
            @ForAll @IntRange(max = 60) int count,
            @ForAll @LongRange(min = 0) long seed) {
        LocalFeatures features = features(new ImageSize(width, 300), count, 8, seed);
        ByteBuffer first =
                PayloadCodec.encode(new StoredPayload(features.image(), Optional.of(features), ByteBuffer.allocate(2)));

        ByteBuffer second = PayloadCodec.encode(PayloadCodec.decode(first));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void aKeypointOf128ElementsTakes138Bytes() {
        int none = bytes(features(new ImageSize(640, 480), 0, 128, 1));
        int hundred = bytes(features(new ImageSize(640, 480), 100, 128, 1));

        assertThat(hundred - none).isEqualTo(100 * 138);
    }

    @Test
    void aPayloadOfAnEmbeddingAloneComesBack() {
        StoredPayload read = PayloadCodec.decode(PayloadCodec.encode(StoredPayload.NONE));

        assertThat(read).isEqualTo(StoredPayload.NONE);
    }

    @Property(tries = 300)
    void aBitThatFlippedIsNoticed(@ForAll @IntRange(min = 8) int bit) {
        byte[] bytes = array(PayloadCodec.encode(SAMPLE));
        int flipped = 8 + bit % (8 * (bytes.length - 1)); // the first byte is the version
        bytes[flipped / 8] ^= (byte) (1 << flipped % 8);

        assertThatThrownBy(() -> PayloadCodec.decode(ByteBuffer.wrap(bytes)))
                .isInstanceOf(UnreadablePayload.class)
                .hasMessageContaining("damaged: its checksum is");
    }

    @Property(tries = 100)
    void aPayloadThatWasCutOffIsNoticed(@ForAll @IntRange(min = 0) int length) {
        ByteBuffer whole = PayloadCodec.encode(SAMPLE);
        ByteBuffer cut = whole.slice(0, length % whole.remaining());

        assertThatThrownBy(() -> PayloadCodec.decode(cut)).isInstanceOf(UnreadablePayload.class);
    }

    @Property(tries = 300)
    void arbitraryBytesAreNoPayload(@ForAll @Size(max = 200) byte[] bytes) {
        assertThatThrownBy(() -> PayloadCodec.decode(ByteBuffer.wrap(bytes))).isInstanceOf(UnreadablePayload.class);
    }

    @Test
    void aLaterVersionIsNamed() {
        byte[] bytes = array(PayloadCodec.encode(SAMPLE));
        bytes[0] = 2;

        assertThatThrownBy(() -> PayloadCodec.decode(ByteBuffer.wrap(bytes)))
                .isInstanceOf(UnreadablePayload.class)
                .hasMessage("a stored payload has format version 2; this release reads version 1");
    }

    private static int bytes(LocalFeatures features) {
        return PayloadCodec.encode(new StoredPayload(features.image(), Optional.of(features), ByteBuffer.allocate(0)))
                .remaining();
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static LocalFeatures features(ImageSize image, int count, int dimension, long seed) {
        var random = new Random(seed);
        List<Keypoint> keypoints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keypoints.add(new Keypoint(
                    random.nextFloat() * image.widthPx() - 0.5f,
                    random.nextFloat() * image.heightPx() - 0.5f,
                    0.1f + random.nextFloat() * 1000,
                    random.nextFloat() * 360,
                    random.nextFloat()));
        }
        byte[] rows = new byte[count * dimension];
        random.nextBytes(rows);
        var model = new ModelIdentity("modèle", 3, "sha256:" + seed);
        return new LocalFeatures(
                model, image, keypoints, QuantizedDescriptors.of(ByteBuffer.wrap(rows), dimension, 0.5f, -1));
    }
}
