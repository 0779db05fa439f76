package dev.fovea.imaging.preprocess;

/// Which parts of an image a model looks at; `View` says where they lie.
public enum ViewRule {
    /// One view, as the model's manifest says.
    AS_TRAINED,
    /// The centre of the scaled image, whatever the manifest's resize rule.
    CENTRE_CROP,
    /// The four corners and the centre of the scaled image, and their mirror images.
    TEN_CROP;

    /// How many views an image has; at most ten, whatever its size.
    ///
    /// @param flip whether the mirror image of every view is looked at too; a ten-crop has them anyway
    public int count(boolean flip) {
        return switch (this) {
            case AS_TRAINED, CENTRE_CROP -> flip ? 2 : 1;
            case TEN_CROP -> 10;
        };
    }
}
