package dev.fovea.opensearch;

import java.util.random.RandomGenerator;

/// How long to wait before trying again: from 50 ms, doubling up to 2 s, each between half of that and all of it, so
/// that those who were refused together do not come back together.
///
/// Any thread, if its random numbers are for any.
record BackOff(RandomGenerator random) {

    private static final long FIRST_MILLIS = 50;
    private static final long LAST_MILLIS = 2000;
    private static final int LAST_DOUBLING = 6;

    /// @param failures so far, at least 1
    long millisAfter(int failures) {
        long full = Math.min(LAST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, LAST_DOUBLING));
        return full / 2 + random.nextLong(full / 2 + 1);
    }
}
