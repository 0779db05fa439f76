package dev.fovea.architectures.siftnet;

/// The constants of a SIFTNet, all computed.
public final class SiftNetKernels {

    private SiftNetKernels() {}

    /// Weight of each pixel, row major.
    ///
    /// **Shape:** (S S). Source: `CircularGaussKernel`; uniform is `1 / S^2`.
    static double[] mask(SiftNet net) {
        int size = net.patchSize();
        double half = size / 2.0;
        double width = net.sigma().width(size);
        double[] weights = new double[size * size];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                double dy = y - half + 0.5;
                double dx = x - half + 0.5;
                double squared = dy * dy + dx * dx;
                double gauss = Math.exp(-squared / width);
                weights[y * size + x] = switch (net.mask()) {
                    case CIRCULAR_GAUSS -> squared >= half * half ? 0 : gauss;
                    case GAUSS -> gauss;
                    case UNIFORM -> 1.0 / (size * size);
                };
            }
        }
        return weights;
    }

    /// One side of the tent that a cell weighs its window with; the window's weights are its outer product.
    ///
    /// **Shape:** (kernelSize). `(h - |i + 1/2 - h|) / h` with h half the size. Source: `getPoolingKernel`.
    static double[] tent(SiftNet net) {
        int size = net.kernelSize();
        double half = size / 2.0;
        double[] tent = new double[size];
        for (int i = 0; i < size; i++) {
            tent[i] = (half - Math.abs(i + 0.5 - half)) / half;
        }
        return tent;
    }

    /// What a row (or column) of pixels gives to a row (or column) of cells.
    ///
    /// **Shape:** (S, C), pixel major.
    static double[][] axisPooling(SiftNet net) {
        double[] tent = tent(net);
        double[][] weights = new double[net.patchSize()][net.cells()];
        for (int cell = 0; cell < net.cells(); cell++) {
            int start = cell * net.stride() - net.padding();
            for (int i = 0; i < tent.length; i++) {
                int pixel = start + i;
                if (pixel >= 0 && pixel < net.patchSize()) {
                    weights[pixel][cell] = tent[i];
                }
            }
        }
        return weights;
    }

    /// What a row (or column) of pixels gives to a row (or column) of cells, mask included: where the mask is
    /// a product of one along each axis, so are mask and pooling together.
    ///
    /// **Shape:** (C, S), cell major.
    ///
    /// @throws IllegalArgumentException if the mask is no such product
    public static float[] axisKernels(SiftNet net) {
        if (net.mask() == Mask.CIRCULAR_GAUSS) {
            throw new IllegalArgumentException("the mask " + net.mask() + " is no product of one along each axis");
        }
        int size = net.patchSize();
        double[] mask = mask(net);
        double[][] axis = axisPooling(net);
        float[] kernels = new float[net.cells() * size];
        for (int i = 0; i < kernels.length; i++) {
            int pixel = i % size;
            double share = Math.sqrt(mask[pixel * size + pixel]); // mask(y, x) = share(y) share(x)
            kernels[i] = (float) (share * axis[pixel][i / size]);
        }
        return kernels;
    }

    /// Mask and pooling in one, as kernels of a convolution.
    ///
    /// **Shape:** (C C, S S), cell major; see [#pooling].
    public static float[] cellKernels(SiftNet net) {
        int pixels = net.patchSize() * net.patchSize();
        int cells = net.cells() * net.cells();
        float[] pooling = pooling(net);
        float[] kernels = new float[pooling.length];
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] = pooling[i % pixels * cells + i / pixels];
        }
        return kernels;
    }

    /// Mask and pooling in one: what each pixel's magnitude gives to each cell.
    ///
    /// **Shape:** (S S, C C), row major.
    static float[] pooling(SiftNet net) {
        int size = net.patchSize();
        int cells = net.cells();
        double[] mask = mask(net);
        double[][] axis = axisPooling(net);
        float[] weights = new float[size * size * cells * cells];
        int next = 0;
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                for (int row = 0; row < cells; row++) {
                    for (int column = 0; column < cells; column++) {
                        weights[next++] = (float) (mask[y * size + x] * axis[y][row] * axis[x][column]);
                    }
                }
            }
        }
        return weights;
    }

    /// Central differences along a row of pixels with the border replicated, as a matrix to multiply from
    /// the right.
    ///
    /// **Shape:** (S, S). Column j holds +1 at the right neighbour and -1 at the left one. Every other
    /// entry is zero, so the product is exact: one rounded subtraction.
    static float[] differences(int size) {
        float[] matrix = new float[size * size];
        for (int j = 0; j < size; j++) {
            matrix[Math.min(j + 1, size - 1) * size + j] += 1;
            matrix[Math.max(j - 1, 0) * size + j] -= 1;
        }
        return matrix;
    }

    static float[] transposed(float[] matrix, int size) {
        float[] result = new float[matrix.length];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                result[j * size + i] = matrix[i * size + j];
            }
        }
        return result;
    }
}
