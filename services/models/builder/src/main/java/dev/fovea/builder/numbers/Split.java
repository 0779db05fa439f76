package dev.fovea.builder.numbers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows divided in two, each class by itself, so that both parts have the classes in the same proportion.
///
/// @param fitted indices of the rows to fit to, ascending
/// @param heldOut indices of the others, ascending
public record Split(List<Integer> fitted, List<Integer> heldOut) {

    public Split {
        fitted = List.copyOf(fitted);
        heldOut = List.copyOf(heldOut);
    }

    /// Of a class of n rows `round(share * n)` are fitted to, at least 1, and at least 1 is held out where n is above
    /// 1; which ones, the seed decides.
    ///
    /// @param labels the class of each row, from 0
    /// @param share 0 to 1
    public static Split stratified(int[] labels, double share, long seed) {
        List<Integer> fitted = new ArrayList<>();
        List<Integer> heldOut = new ArrayList<>();
        int classes = Arrays.stream(labels).max().orElse(-1) + 1;
        int[] order = Choices.shuffled(labels.length, seed);
        for (int label = 0; label < classes; label++) {
            int wanted = label;
            List<Integer> members = Arrays.stream(order)
                    .filter(row -> labels[row] == wanted)
                    .boxed()
                    .toList();
            int most = Math.max(1, members.size() - 1);
            int count = Math.clamp(Math.round(share * members.size()), 1, most);
            fitted.addAll(members.subList(0, Math.min(count, members.size())));
            heldOut.addAll(members.subList(Math.min(count, members.size()), members.size()));
        }
        return new Split(
                fitted.stream().sorted().toList(), heldOut.stream().sorted().toList());
    }

    static int[] indices(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The rows to fit to.
    public int[] fittedRows() {
        return indices(fitted);
    }

    public int[] heldOutRows() {
        return indices(heldOut);
    }
}
