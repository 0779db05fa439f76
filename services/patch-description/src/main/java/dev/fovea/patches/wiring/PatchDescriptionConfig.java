package dev.fovea.patches.wiring;

import dev.fovea.quarkus.config.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/// What is configurable about describing patches.
@ConfigMapping(prefix = "fovea.patches")
public interface PatchDescriptionConfig {

    @Setting(
            is = "patches, given keypoints, grid positions or descriptors of one call",
            unit = "patches",
            from = "1",
            to = "65536")
    @WithDefault("4096")
    int maxPatches();

    @Setting(
            is = "keypoints that SIFT may return for one image, at most `max-patches`",
            unit = "keypoints",
            from = "1",
            to = "65536")
    @WithDefault("1000")
    int maxKeypoints();

    @Setting(is = "requests of one stream in flight", unit = "requests", from = "1", to = "1024")
    @WithDefault("16")
    int streamWindow();

    EventsConfig events();

    /// What is done with an image event, which names no keypoints.
    interface EventsConfig {

        @Setting(is = "how keypoints are found")
        @WithDefault("sift")
        Detector detector();

        @Setting(
                is = "keypoints that SIFT keeps of one image, the strongest; at most `fovea.patches.max-keypoints`",
                unit = "keypoints",
                from = "1",
                to = "65536")
        @WithDefault("1000")
        int maxKeypoints();

        @Setting(is = "SIFT drops weaker extrema; larger keeps fewer keypoints", from = "0", to = "1")
        @WithDefault("0.04")
        double contrastThreshold();

        @Setting(is = "distance of neighbours on the grid", unit = "pixels", from = "1", to = "4096")
        @WithDefault("16")
        int gridStep();

        @Setting(is = "keypoint diameters on the grid", unit = "pixels", from = "1", to = "4096")
        @WithDefault("16")
        List<Float> gridSizes();

        @Setting(
                is = "how descriptors travel in results",
                oneOf = {"float32", "float16", "uint8"})
        @WithDefault("float32")
        String elementType();
    }

    /// The detectors.
    enum Detector {
        SIFT,
        DENSE_GRID
    }
}
