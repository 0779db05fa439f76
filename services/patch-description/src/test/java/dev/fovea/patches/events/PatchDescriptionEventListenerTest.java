package dev.fovea.patches.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.grpc.VectorsMapping;
import dev.fovea.imaging.patch.KeypointDetector;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.Lane;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.EventPosition;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.patches.FakeModel;
import dev.fovea.patches.Scenes;
import dev.fovea.patches.rpc.InProcessService;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.PatchDescriptionResult;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatchDescriptionEventListenerTest {
    private static final Deadline LATER = new Deadline(Long.MAX_VALUE / 2);

    private final ComputedModel model = FakeModel.ofBytes();
    private final InProcessService service = new InProcessService(model);
    private Optional<ModelIdentity> answering = Optional.empty();
    private final PatchDescriptionEventListener listener = listener("float16");

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void describesTheKeypointsOfAnEventInTheBulkLane() throws InterruptedException {
        EventAnswer answer =
                listener.onEvent(event(new ImageSource.Content(ByteBuffer.wrap(Scenes.scenePng()))), LATER);

        assertThat(answer.type()).isEqualTo("dev.fovea.patch-description.v1");
        assertThat(answer.model()).isEqualTo(new AnsweringModel("pixels", 1, model.digest()));
        assertThat(answer.payload()).isInstanceOfSatisfying(PatchDescriptionResult.class, result -> {
            assertThat(result.getImageId()).isEqualTo("photo-1");
            assertThat(result.getImageWidth()).isEqualTo(Scenes.WIDTH);
            assertThat(result.getImageHeight()).isEqualTo(Scenes.HEIGHT);
            assertThat(result.getKeypointsCount()).isEqualTo(25);
            assertThat(result.getDescriptors().getCount()).isEqualTo(25);
            assertThat(result.getDescriptors().getElementType()).isEqualTo(ElementType.ELEMENT_TYPE_FLOAT16);
            assertThat(result.getModel().getDigest()).isEqualTo(model.digest());
        });
        assertThat(model.lanes()).containsExactly(Lane.BULK);
    }

    @Test
    void anImageWithoutKeypointsIsAnAnswerToo() throws InterruptedException {
        EventAnswer answer =
                listener.onEvent(event(new ImageSource.Content(ByteBuffer.wrap(Scenes.blankPng()))), LATER);

        var result = (PatchDescriptionResult) answer.payload();
        assertThat(result.getKeypointsList()).isEmpty();
        assertThat(VectorsMapping.floats(result.getDescriptors()).hasRemaining())
                .isFalse();
        assertThat(model.lanes()).isEmpty();
    }

    @Test
    void whatIsNoImageFailsForGood() {
        var event = event(new ImageSource.Content(ByteBuffer.wrap(new byte[] {(byte) 0xFF, (byte) 0xD8, 1})));

        assertThatThrownBy(() -> listener.onEvent(event, LATER)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void aReferenceThatIsNotAllowedFailsForGood() {
        var event = event(new ImageSource.Reference(URI.create("http://169.254.169.254/latest/meta-data")));

        assertThatThrownBy(() -> listener.onEvent(event, LATER))
                .isInstanceOfSatisfying(InvalidInput.class, invalid -> assertThat(invalid.code())
                        .isEqualTo("REFERENCE_NOT_ALLOWED"));
    }

    @Test
    void aFailureOfTheModelReachesTheConsumer() {
        model.failWith(new ModelFailed("failed alone", new RuntimeException()));
        var event = event(new ImageSource.Content(ByteBuffer.wrap(Scenes.scenePng())));

        assertThatThrownBy(() -> listener.onEvent(event, LATER)).isInstanceOf(ModelFailed.class);
    }

    @Test
    void deadLettersNameTheModelThatAnswersNow() {
        assertThat(listener.model()).isEmpty();

        answering = Optional.of(ModelIdentity.of(model));

        assertThat(listener.model()).contains(new AnsweringModel("pixels", 1, model.digest()));
    }

    @Test
    void anUnknownElementTypeIsRefusedAtTheStart() {
        assertThatThrownBy(() -> listener("float64"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("element type \"float64\" is none of float32, float16, uint8");
    }

    private PatchDescriptionEventListener listener(String elementType) {
        return new PatchDescriptionEventListener(
                service.describer(),
                ModelRef.DEFAULT,
                new KeypointDetector.Sift(25, 0.04),
                elementType,
                () -> answering);
    }

    private static ImageEvent event(ImageSource source) {
        return new ImageEvent(new EventEnvelope("photo-1", new EventPosition("fovea.images", 0, 0, 0)), source);
    }
}
