package dev.fovea.builder.fit;

import dev.fovea.builder.numbers.Split;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/// How many images a class needs: one to fit to, one to choose the strength on, one to measure on.
final class ClassSizes {

    private ClassSizes() {}

    /// @param labels the class of each image, an index into `names`
    /// @param share of each class' images that is fitted to
    /// @throws IOException if a class has too few in either part, naming it and how many it needs
    static void require(int[] labels, Split split, List<String> names, double share) throws IOException {
        require(labels, split.fittedRows(), split.heldOutRows(), names, share);
    }

    /// @param fitted indices into `labels`
    /// @param heldOut indices into `labels`
    static void require(int[] labels, int[] fitted, int[] heldOut, List<String> names, double share)
            throws IOException {
        for (int c = 0; c < names.size(); c++) {
            int toFit = count(labels, fitted, c);
            int toMeasure = count(labels, heldOut, c);
            if (toFit < 2 || toMeasure < 1) {
                throw new IOException("class " + names.get(c) + " has too few images: " + toFit + " to fit to and "
                        + toMeasure
                        + " to measure on; 2 and 1 are needed, with --split " + share + " at least " + needed(share)
                        + " images that can be read");
            }
        }
    }

    private static int count(int[] labels, int[] rows, int label) {
        return (int) IntStream.of(rows).filter(row -> labels[row] == label).count();
    }

    /// The smallest class that [Split] divides well enough.
    private static int needed(double share) {
        int images = 3;
        while (Split.stratified(new int[images], share, 0).fitted().size() < 2) {
            images++;
        }
        return images;
    }
}
