package dev.fovea.architectures.s3n;

/// What a model tells besides its scores.
enum Explanations {
    NONE("false"),
    /// The maps that decided, the peaks, and the two resampled images. They are computed in any case: to give them
    /// takes 0.03 % of the time of calls that do not ask (ResNet-18, 224 pixels, one thread, processor time).
    SHOWN("true"),
    /// Also what is large: the response maps of all classes and the points of both samplings.
    ALL("all");

    private final String typed;

    Explanations(String typed) {
        this.typed = typed;
    }

    /// As users type it.
    @Override
    public String toString() {
        return typed;
    }
}
