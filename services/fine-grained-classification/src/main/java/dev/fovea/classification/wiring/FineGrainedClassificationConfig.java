package dev.fovea.classification.wiring;

import dev.fovea.imaging.preprocess.ViewRule;
import dev.fovea.quarkus.config.Setting;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What is configurable about classifying images.
@ConfigMapping(prefix = "fovea.classification")
public interface FineGrainedClassificationConfig {

    @Setting(is = "labels that a call may ask for", unit = "labels", from = "1", to = "100000")
    @WithDefault("1000")
    int maxTopK();

    @Setting(
            is = "labels of a call that names no number, at most `max-top-k`",
            unit = "labels",
            from = "1",
            to = "100000")
    @WithDefault("5")
    int topK();

    @Setting(
            is = "longer side of an explanation's pictures; a larger image is drawn smaller",
            unit = "pixels",
            from = "1",
            to = "4096")
    @WithDefault("1024")
    int explanationMaxSide();

    @Setting(
            is = "requests in flight that ask for an explanation, each with a reduced copy of its image; others wait",
            unit = "requests",
            from = "1",
            to = "1024")
    @WithDefault("8")
    int explanationsInFlight();

    @Setting(is = "inputs of ensembles in memory at once; more are refused as overload", from = "1", to = "1024G")
    @WithDefault("256M")
    MemorySize maxEnsembleBytes();

    @Setting(is = "requests of one stream in flight", unit = "requests", from = "1", to = "1024")
    @WithDefault("16")
    int streamWindow();

    EventsConfig events();

    /// What is done with an image event, which names no more than its image.
    interface EventsConfig {

        @Setting(
                is = "most labels of a result; at most `fovea.classification.max-top-k`",
                unit = "labels",
                from = "1",
                to = "100000")
        @WithDefault("5")
        int topK();

        @Setting(is = "labels below are left out of results", from = "0", to = "1")
        @WithDefault("0")
        float minProbability();

        @Setting(
                is = "divides the logits before the softmax: above 1 flattens, below 1 sharpens",
                from = "0.01",
                to = "100")
        @WithDefault("1")
        float temperature();

        @Setting(is = "which parts of the image the model looks at; their probabilities are averaged")
        @WithDefault("as-trained")
        ViewRule views();

        @Setting(is = "look at the mirror image of every view, too")
        @WithDefault("false")
        boolean flip();

        @Setting(is = "add an explanation to every result; the default model must have one to give")
        @WithDefault("false")
        boolean explanation();

        @Setting(
                is = "longer side of an explanation's pictures in results; at most"
                        + " `fovea.classification.explanation-max-side`",
                unit = "pixels",
                from = "1",
                to = "4096")
        @WithDefault("512")
        int explanationMaxSide();
    }
}
