package dev.fovea.architectures.siftnet;

/// SIFTNet by its formulas, in double precision, one pixel after another: what the graph is checked against.
///
/// It shares nothing with the graph but the options: the published loops over windows, `atan2`, `floor` and
/// modulo.
public final class SiftNetReference {

    private static final double EPSILON = 1e-10;
    private static final double NORM_EPSILON = 1e-12;

    private final SiftNet net;

    public SiftNetReference(SiftNet net) {
        this.net = net;
    }

    /// @param patch pixels in [0, 1], row major
    /// @return the descriptor: angle, then row, then column
    /// @throws IllegalArgumentException if the patch has another size
    public double[] describe(float[] patch) {
        int size = net.patchSize();
        if (patch.length != size * size) {
            throw new IllegalArgumentException("a patch of " + patch.length + " pixels is not " + size + " x " + size);
        }
        double[][] planes = binned(patch);
        int cells = net.cells();
        double[] descriptor = new double[net.dimension()];
        int next = 0;
        for (double[] plane : planes) {
            for (int row = 0; row < cells; row++) {
                for (int column = 0; column < cells; column++) {
                    descriptor[next++] = pooled(plane, row, column);
                }
            }
        }
        return normalised(descriptor);
    }

    private double[][] binned(float[] patch) {
        int size = net.patchSize();
        int bins = net.angularBins();
        double[] mask = SiftNetKernels.mask(net);
        double[][] planes = new double[bins][size * size];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                double gx = (double) patch[y * size + Math.min(x + 1, size - 1)] - patch[y * size + Math.max(x - 1, 0)];
                double gy = (double) patch[Math.min(y + 1, size - 1) * size + x] - patch[Math.max(y - 1, 0) * size + x];
                double magnitude = Math.sqrt(gx * gx + gy * gy + EPSILON) * mask[y * size + x];
                double angle = (Math.atan2(gy, gx + EPSILON) + 2 * Math.PI) / (2 * Math.PI) * bins;
                double below = Math.floor(angle);
                double share = angle - below;
                planes[(int) below % bins][y * size + x] += (1 - share) * magnitude;
                planes[((int) below + 1) % bins][y * size + x] += share * magnitude;
            }
        }
        return planes;
    }

    private double pooled(double[] plane, int row, int column) {
        int size = net.patchSize();
        double[] tent = SiftNetKernels.tent(net);
        double sum = 0;
        for (int i = 0; i < tent.length; i++) {
            for (int j = 0; j < tent.length; j++) {
                int y = row * net.stride() - net.padding() + i;
                int x = column * net.stride() - net.padding() + j;
                if (y >= 0 && y < size && x >= 0 && x < size) {
                    sum += tent[i] * tent[j] * plane[y * size + x];
                }
            }
        }
        return sum;
    }

    private double[] normalised(double[] histogram) {
        double[] unit = divided(histogram, Math.sqrt(sumOfSquares(histogram)));
        for (int i = 0; i < unit.length; i++) {
            unit[i] = Math.min(Math.max(unit[i], 0), net.clip());
        }
        unit = divided(unit, Math.sqrt(sumOfSquares(unit)));
        if (net.rootSift()) {
            double sum = 0;
            for (double value : unit) {
                sum += Math.abs(value);
            }
            unit = divided(unit, sum);
            for (int i = 0; i < unit.length; i++) {
                unit[i] = Math.sqrt(unit[i] + EPSILON);
            }
        }
        return unit;
    }

    private static double sumOfSquares(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }

    private static double[] divided(double[] values, double norm) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i] / Math.max(norm, NORM_EPSILON);
        }
        return result;
    }
}
