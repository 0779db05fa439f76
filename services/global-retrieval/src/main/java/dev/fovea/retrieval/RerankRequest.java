package dev.fovea.retrieval;

/// How the best candidates are verified; 0 anywhere: the default.
///
/// @param candidates verified, best first
/// @param keypoints of the query, strongest first
/// @param timeLimitMillis candidates not verified by then keep their place
/// @param pictures best results of which the inliers are drawn
public record RerankRequest(Mode mode, long candidates, long keypoints, long timeLimitMillis, long pictures) {
    /// Nothing said.
    public static final RerankRequest AS_CONFIGURED = new RerankRequest(Mode.AS_CONFIGURED, 0, 0, 0, 0);

    /// Whether at all.
    public enum Mode {
        AS_CONFIGURED,
        ON,
        OFF
    }
}
