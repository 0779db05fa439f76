package dev.fovea.retrieval.wiring;

import dev.fovea.quarkus.config.Setting;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What re-ranking one search may cost.
public interface RerankConfig {

    @Setting(
            is = "candidates verified of a search that names no number, at most `max-candidates`",
            unit = "images",
            from = "1",
            to = "1000")
    @WithDefault("50")
    int candidates();

    @Setting(is = "candidates that a search may have verified", unit = "images", from = "1", to = "1000")
    @WithDefault("200")
    int maxCandidates();

    @Setting(is = "strongest keypoints of an image that are matched", unit = "keypoints", from = "1", to = "4096")
    @WithDefault("400")
    int keypoints();

    @Setting(is = "after which no further candidate is verified", from = "1ms", to = "1m")
    @WithDefault("2s")
    Duration timeLimit();

    @Setting(is = "results of which a search may have the inliers drawn", unit = "pictures", from = "0", to = "100")
    @WithDefault("20")
    int maxPictures();

    @Setting(is = "longer side of each image in a picture of inliers", unit = "pixels", from = "64", to = "1024")
    @WithDefault("480")
    int pictureSide();
}
