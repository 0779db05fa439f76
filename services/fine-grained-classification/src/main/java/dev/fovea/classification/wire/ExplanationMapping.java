package dev.fovea.classification.wire;

import com.google.protobuf.ByteString;
import dev.fovea.classification.ClassResponse;
import dev.fovea.classification.Explanation;
import dev.fovea.classification.Peak;
import dev.fovea.classification.Png;
import dev.fovea.classification.SparseSamplingExplanation;

/// Explanations to their messages.
public final class ExplanationMapping {
    private ExplanationMapping() {}

    public static dev.fovea.proto.v1.Explanation message(Explanation explanation) {
        var message = dev.fovea.proto.v1.Explanation.newBuilder()
                .setWidth(explanation.size().widthPx())
                .setHeight(explanation.size().heightPx());
        explanation.responses().forEach(response -> message.addResponses(message(response)));
        explanation.sparseSampling().ifPresent(looked -> message.setSparseSampling(message(looked)));
        return message.build();
    }

    private static dev.fovea.proto.v1.ClassResponse message(ClassResponse response) {
        return dev.fovea.proto.v1.ClassResponse.newBuilder()
                .setIndex(response.index())
                .setLabel(response.label())
                .setOverlay(bytes(response.overlay()))
                .build();
    }

    private static dev.fovea.proto.v1.SparseSamplingExplanation message(SparseSamplingExplanation looked) {
        var message = dev.fovea.proto.v1.SparseSamplingExplanation.newBuilder()
                .setOverlay(bytes(looked.overlay()))
                .setZoomMap(bytes(looked.zoomMap()))
                .setComplementMap(bytes(looked.complementMap()))
                .setZoomed(bytes(looked.zoomed()))
                .setComplement(bytes(looked.complement()));
        looked.peaks().forEach(peak -> message.addPeaks(message(peak)));
        return message.build();
    }

    private static dev.fovea.proto.v1.Peak message(Peak peak) {
        return dev.fovea.proto.v1.Peak.newBuilder()
                .setX(peak.x())
                .setY(peak.y())
                .setScore(peak.score())
                .build();
    }

    private static ByteString bytes(Png picture) {
        return ByteString.copyFrom(picture.bytes());
    }
}
