package dev.fovea.repository;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;

/// The JSON form of an [ImagePreprocessing].
final class ImagePreprocessingJson {

    static final String KIND = "image";

    private static final String STRETCH = "stretch";
    private static final String CROP_CENTRE = "crop-centre";
    private static final String PAD = "pad";

    private ImagePreprocessingJson() {}

    static ObjectNode write(ImagePreprocessing spec) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", KIND);
        json.put("heightPx", spec.heightPx());
        json.put("widthPx", spec.widthPx());
        ObjectNode resize = json.putObject("resize");
        switch (spec.resize()) {
            case ResizeRule.Stretch _ -> resize.put("rule", STRETCH);
            case ResizeRule.CropCentre crop ->
                resize.put("rule", CROP_CENTRE).put("shorterSidePx", crop.shorterSidePx());
            case ResizeRule.Pad pad -> resize.put("rule", PAD).put("grey", pad.grey());
        }
        json.put("interpolation", spec.interpolation().name());
        json.put("channels", spec.channels().name());
        ObjectNode normalization = json.putObject("normalization");
        ArrayNode mean = normalization.putArray("mean");
        spec.normalization().mean().forEach(mean::add);
        ArrayNode std = normalization.putArray("std");
        spec.normalization().std().forEach(std::add);
        normalization.put("place", spec.normalization().place().name());
        return json;
    }

    static ImagePreprocessing read(JsonField json) {
        return json.build(() -> new ImagePreprocessing(
                json.field("heightPx").integer(),
                json.field("widthPx").integer(),
                readResize(json.field("resize")),
                json.field("interpolation").constant(Interpolation.class),
                json.field("channels").constant(ChannelOrder.class),
                readNormalization(json.field("normalization"))));
    }

    private static ResizeRule readResize(JsonField json) {
        JsonField rule = json.field("rule");
        return switch (rule.text()) {
            case STRETCH -> new ResizeRule.Stretch();
            case CROP_CENTRE ->
                new ResizeRule.CropCentre(json.field("shorterSidePx").integer());
            case PAD -> json.build(() -> new ResizeRule.Pad(json.field("grey").integer()));
            default ->
                throw rule.unacceptable(
                        "\"" + rule.text() + "\" is not one of [" + STRETCH + ", " + CROP_CENTRE + ", " + PAD + "]");
        };
    }

    private static PixelNormalization readNormalization(JsonField json) {
        return json.build(() -> new PixelNormalization(
                json.field("mean").list(JsonField::number),
                json.field("std").list(JsonField::number),
                json.field("place").constant(PixelNormalization.Place.class)));
    }
}
