package dev.fovea.retrieval.rerank;

/// Which maps of one image's plane to another's count as an agreement of matches.
public enum GeometricModel {
    /// Shift, turn and scale: 4 degrees of freedom.
    SIMILARITY(2),
    /// Also stretch and shear: 6.
    AFFINE(3),
    /// Also perspective: 8.
    HOMOGRAPHY(4);

    private final int leastMatches;

    GeometricModel(int leastMatches) {
        this.leastMatches = leastMatches;
    }

    /// How many matches fix a map.
    int leastMatches() {
        return leastMatches;
    }
}
