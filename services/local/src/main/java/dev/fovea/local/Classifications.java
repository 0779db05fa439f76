package dev.fovea.local;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.imaging.Image;
import dev.fovea.local.drawing.ExplanationPicture;
import dev.fovea.proto.v1.ClassResponse;
import dev.fovea.proto.v1.ClassificationResult;
import dev.fovea.proto.v1.ScoredLabel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What becomes of classifications: they are compared with the truth where it is known, and explanations are drawn.
final class Classifications implements Reception {

    private final Studio studio;
    private final Truths truths;
    private int classified;
    private int known;
    private int right;

    Classifications(Studio studio, Truths truths) {
        this.studio = studio;
        this.truths = truths;
    }

    @Override
    public Received read(byte[] value) throws InvalidProtocolBufferException {
        ClassificationResult result = ClassificationResult.parseFrom(value);
        String line = Lines.classified(result, truths.of(result.getImageId()));
        return new Received(result.getImageId(), line, image -> take(image, result));
    }

    @Override
    public void skip(ImageFile image) {
        // A picture needs no other image.
    }

    @Override
    public String total() {
        String count = classified + " classified";
        return known == 0 ? count : count + ", labels " + right + " of " + known + " " + truths.source();
    }

    private void take(ImageFile image, ClassificationResult result) {
        classified++;
        Optional<String> truth = truths.of(image.key());
        known += truth.isPresent() ? 1 : 0;
        right += truth.isPresent() && truth.equals(best(result)) ? 1 : 0;
        if (result.getExplanation().getResponsesCount() > 0) {
            studio.order(image, () -> draw(image, result));
        }
    }

    private static Optional<String> best(ClassificationResult result) {
        return result.getLabelsList().stream().map(ScoredLabel::getLabel).findFirst();
    }

    private void draw(ImageFile file, ClassificationResult result) throws IOException, InterruptedException {
        ClassResponse response = result.getExplanation().getResponses(0);
        List<ExplanationPicture.Score> scores = result.getLabelsList().stream()
                .map(label -> new ExplanationPicture.Score(label.getLabel(), label.getProbability()))
                .toList();
        try (Image image = studio.open(file);
                Image overlay = studio.decode(response.getOverlay().asReadOnlyByteBuffer())) {
            ExplanationPicture picture = new ExplanationPicture(file.key(), response.getLabel(), scores);
            studio.write(file.stem() + ".explanation.jpg", picture.draw(image, overlay));
        }
    }
}
