package dev.fovea.classification;

import static dev.fovea.classification.Manifests.floats;

import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.util.List;

/// A classifier with the outputs of an S3N: its branches prefer one colour each.
public final class FakeS3n {
    public static final int SIDE = 31;

    private FakeS3n() {}

    /// Named `s3n`; peaks of 1, 0.5 and 0.25 at (30, 30), (10, 5) and (0, 0) of the map.
    public static ComputedModel create() {
        var manifest = Manifests.colours("s3n")
                .withInputs(
                        Manifests.stretched(SIDE),
                        new TensorSpec("pixels", ElementType.UINT8, List.of(SIDE, SIDE, 3), "RGB"))
                .answering(
                        floats("origin", 3), floats("discriminative", 3), floats("complementary", 3), floats("gate", 2))
                .explaining(
                        floats("decision_map", 1, SIDE, SIDE),
                        floats("peaks", 1, SIDE, SIDE),
                        floats("zoom_map", 1, SIDE, SIDE),
                        floats("complement_map", 1, SIDE, SIDE),
                        floats("zoomed", 3, SIDE, SIDE),
                        floats("complement", 3, SIDE, SIDE))
                .manifest();
        return FakeClassifier.of(manifest, (_, output) -> values(output));
    }

    private static float[] values(String output) {
        return switch (output) {
            case "logits", "origin" -> new float[] {3, 2, 1};
            case "discriminative" -> new float[] {2, 3, 1};
            case "complementary" -> new float[] {2, 1, 3};
            case "gate" -> new float[] {-0.75f, 0};
            case "decision_map", "peaks" -> peaks();
            case "zoom_map", "complement_map" -> new float[SIDE * SIDE];
            case "zoomed", "complement" -> new float[3 * SIDE * SIDE];
            default -> throw new IllegalArgumentException(output);
        };
    }

    private static float[] peaks() {
        var map = new float[SIDE * SIDE];
        map[30 * SIDE + 30] = 1;
        map[5 * SIDE + 10] = 0.5f;
        map[0] = 0.25f;
        return map;
    }
}
