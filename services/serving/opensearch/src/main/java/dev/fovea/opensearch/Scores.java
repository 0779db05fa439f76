package dev.fovea.opensearch;

/// OpenSearch's scores of the space `innerproduct`: p >= 0 becomes p + 1, p < 0 becomes 1 / (1 - p).
///
/// Source: k-NN plugin 3.6, `SpaceType.INNER_PRODUCT.scoreTranslation`; Lucene's MAXIMUM_INNER_PRODUCT is the same.
final class Scores {

    private Scores() {}

    /// @param score more than 0
    static float innerProduct(double score) {
        return (float) (score >= 1 ? score - 1 : 1 - 1 / score);
    }
}
