package dev.fovea.patches.events;

import dev.fovea.grpc.ModelMapping;
import dev.fovea.grpc.TimingsMapping;
import dev.fovea.grpc.VectorsMapping;
import dev.fovea.imaging.patch.KeypointDetector;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.patches.DescribedPatches;
import dev.fovea.patches.KeypointSource;
import dev.fovea.patches.PatchDescriber;
import dev.fovea.patches.PatchRequest;
import dev.fovea.patches.wire.KeypointMapping;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.PatchDescriptionResult;
import java.util.Optional;
import java.util.function.Supplier;

/// The Kafka entrance: describes the keypoints of each event's image in the bulk lane. Any thread.
public final class PatchDescriptionEventListener implements EventListener<ImageEvent> {
    /// `ce_type` of a result.
    public static final String RESULT_TYPE = "dev.fovea.patch-description.v1";

    private final PatchDescriber describer;
    private final ModelRef model;
    private final KeypointDetector detector;
    private final ElementType elementType;
    private final Supplier<Optional<ModelIdentity>> answering;

    /// @param elementType how descriptors travel in results: `float32`, `float16` or `uint8`
    /// @param answering the model that answers events now; empty while none does
    /// @throws IllegalArgumentException if the element type is another
    public PatchDescriptionEventListener(
            PatchDescriber describer,
            ModelRef model,
            KeypointDetector detector,
            String elementType,
            Supplier<Optional<ModelIdentity>> answering) {
        this.describer = describer;
        this.model = model;
        this.detector = detector;
        this.elementType = VectorsMapping.elementType(elementType);
        this.answering = answering;
    }

    @Override
    public EventAnswer onEvent(ImageEvent event, Deadline deadline) throws InterruptedException {
        var request = new PatchRequest.OfImage(model, event.source(), new KeypointSource.Detected(detector));
        DescribedPatches described = describer.describe(request, Lane.BULK, deadline);
        return new EventAnswer(RESULT_TYPE, result(event, described), AnsweringModel.of(described.model()));
    }

    @Override
    public Optional<AnsweringModel> model() {
        return answering.get().map(AnsweringModel::of);
    }

    private PatchDescriptionResult result(ImageEvent event, DescribedPatches described) {
        var result = PatchDescriptionResult.newBuilder()
                .setImageId(event.id())
                .setModel(ModelMapping.identity(described.model()))
                .addAllKeypoints(KeypointMapping.messages(described.keypoints()))
                .setDescriptors(VectorsMapping.vectors(
                        described.descriptors().values(),
                        described.descriptors().dimension(),
                        elementType))
                .setTimings(TimingsMapping.timings(described.timings()));
        described.image().ifPresent(size -> result.setImageWidth(size.widthPx()).setImageHeight(size.heightPx()));
        return result.build();
    }
}
