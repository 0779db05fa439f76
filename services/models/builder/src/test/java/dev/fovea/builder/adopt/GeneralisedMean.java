package dev.fovea.builder.adopt;

/// GeM with p = 3 in float64, then unit norm: what the graph's head is compared with.
final class GeneralisedMean {

    private GeneralisedMean() {}

    /// @param maps (channels, anything), row major
    static float[] of(float[] maps, int channels) {
        int area = maps.length / channels;
        double[] means = new double[channels];
        double squares = 0;
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < area; i++) {
                means[c] += Math.pow(Math.max(maps[c * area + i], 1e-6), 3) / area;
            }
            means[c] = Math.cbrt(means[c]);
            squares += means[c] * means[c];
        }
        float[] unit = new float[channels];
        for (int c = 0; c < channels; c++) {
            unit[c] = (float) (means[c] / Math.sqrt(squares));
        }
        return unit;
    }
}
