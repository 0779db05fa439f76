package dev.fovea.tests.load;

/// Repeats something for a while and counts.
final class Rate {

    private Rate() {}

    /// Something that handles a number of items.
    interface Step {
        int items() throws Exception;
    }

    /// Items a second over at least `seconds`, whole steps only.
    static double of(Step step, double seconds) throws Exception {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long items = 0;
        long now = start;
        while (now < end) {
            items += step.items();
            now = System.nanoTime();
        }
        return items * 1e9 / (now - start);
    }
}
