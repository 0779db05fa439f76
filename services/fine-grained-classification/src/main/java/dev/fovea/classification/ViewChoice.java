package dev.fovea.classification;

import dev.fovea.imaging.preprocess.ViewRule;

/// Which parts of an image the models look at; the probabilities of all views are averaged.
///
/// @param flip the mirror image of every view is looked at too; a ten-crop has it anyway
public record ViewChoice(ViewRule rule, boolean flip) {
    /// One view, as the model was trained.
    public static final ViewChoice AS_TRAINED = new ViewChoice(ViewRule.AS_TRAINED, false);
}
