package dev.fovea.builder.evaluate;

import java.util.List;

/// How often each class was taken for each.
///
/// Mutable, for one thread.
public final class Confusion {

    private final List<String> names;
    private final int[][] counts;
    private final int[] amongFive;

    public Confusion(List<String> names) {
        this.names = List.copyOf(names);
        this.counts = new int[names.size()][names.size()];
        this.amongFive = new int[names.size()];
    }

    /// Counts one image.
    ///
    /// @param scores one per class; the highest is the answer, the first one on ties
    public void add(int truth, float[] scores) {
        int answer = 0;
        int before = 0; // classes that come before the true one
        for (int c = 0; c < scores.length; c++) {
            answer = scores[c] > scores[answer] ? c : answer;
            before += scores[c] > scores[truth] || (scores[c] == scores[truth] && c < truth) ? 1 : 0;
        }
        counts[truth][answer]++;
        amongFive[truth] += before < 5 ? 1 : 0;
    }

    public List<String> names() {
        return names;
    }

    /// How many images of class `truth` were taken for class `answer`.
    public int count(int truth, int answer) {
        return counts[truth][answer];
    }

    /// Images of a class.
    public int images(int truth) {
        int sum = 0;
        for (int count : counts[truth]) {
            sum += count;
        }
        return sum;
    }

    /// Images taken for a class.
    public int answers(int answer) {
        int sum = 0;
        for (int[] row : counts) {
            sum += row[answer];
        }
        return sum;
    }

    public int images() {
        int sum = 0;
        for (int truth = 0; truth < counts.length; truth++) {
            sum += images(truth);
        }
        return sum;
    }

    /// Share of images with the right answer; 0 without images.
    public double top1() {
        int right = 0;
        for (int c = 0; c < counts.length; c++) {
            right += counts[c][c];
        }
        return ratio(right, images());
    }

    /// Share of images whose class is among the five highest scores.
    public double top5() {
        int right = 0;
        for (int count : amongFive) {
            right += count;
        }
        return ratio(right, images());
    }

    /// Mean over the classes that have images of the share that was right.
    public double balanced() {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < counts.length; c++) {
            sum += recall(c);
            present += images(c) > 0 ? 1 : 0;
        }
        return present == 0 ? 0 : sum / present;
    }

    /// Of a class' images, the share that was right.
    public double recall(int truth) {
        return ratio(counts[truth][truth], images(truth));
    }

    /// Of a class' answers, the share that was right.
    public double precision(int answer) {
        return ratio(counts[answer][answer], answers(answer));
    }

    /// Share of the largest class: what always answering it would reach.
    public double chance() {
        int largest = 0;
        for (int c = 0; c < counts.length; c++) {
            largest = Math.max(largest, images(c));
        }
        return ratio(largest, images());
    }

    private static double ratio(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
