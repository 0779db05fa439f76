package dev.fovea.retrieval;

import dev.fovea.inference.failure.InvalidInput;
import java.util.List;
import java.util.Set;

/// How much one request may ask for, and what it gets if it names no number.
///
/// @param maxK results; 1 to 10,000, default 1,000
/// @param k results of a request that names no number; 1 to `maxK`, default 10
/// @param maxCandidates that stage one fetches; `maxK` to 100,000, default 10,000
public record RetrievalLimits(int maxK, int k, int maxCandidates) {
    /// Ids of one lookup, and results that come with thumbnails or local features.
    public static final int MAX_IDS = 256;

    private static final int MOST_RESULTS = 10_000;
    private static final int MOST_CANDIDATES = 100_000;
    private static final int MAX_PAGE = 1_000;
    private static final int PAGE = 100;

    /// The smallest number of candidates, and how many for each result: with fewer the graph misses neighbours.
    private static final int LEAST_CANDIDATES = 50;

    private static final int CANDIDATES_PER_RESULT = 5;

    /// @throws IllegalArgumentException if a limit is outside its range
    public RetrievalLimits {
        requireRange("results", maxK, 1, MOST_RESULTS);
        requireRange("results by default", k, 1, maxK);
        requireRange("candidates", maxCandidates, maxK, MOST_CANDIDATES);
    }

    /// 1,000 results, 10 by default, of 10,000 candidates.
    public static RetrievalLimits defaults() {
        return new RetrievalLimits(1_000, 10, 10_000);
    }

    /// How many results a request gets.
    ///
    /// @param asked 0: the default
    /// @param parts with thumbnails or local features at most [#MAX_IDS]: more would not fit into a message
    /// @param stored whether the query is a stored image: it finds itself, so one more is fetched, of which an
    ///     engine may find no more than 10,000
    /// @throws InvalidInput `K_TOO_LARGE`
    int results(long asked, Set<StoredPart> parts, boolean stored) {
        boolean large = StoredImages.needPayload(parts);
        int most = Math.min(maxK, stored ? MOST_RESULTS - 1 : MOST_RESULTS);
        int limit = large ? Math.min(MAX_IDS, most) : most;
        if (asked > limit) {
            throw new InvalidInput(
                    "K_TOO_LARGE",
                    asked + " results" + (large ? " with thumbnails or local features" : "")
                            + (stored ? " near a stored image" : "") + " asked for; the limit is " + limit,
                    asked,
                    limit);
        }
        return asked == 0 ? Math.min(k, limit) : (int) asked;
    }

    /// How many candidates stage one fetches.
    ///
    /// @param asked 0: as many as `fetched` need
    /// @param results of the answer
    /// @param fetched by stage one, at least as many
    /// @throws InvalidInput `CANDIDATES_INVALID`
    int candidates(long asked, int results, int fetched) {
        if (asked > maxCandidates || (asked != 0 && asked < results)) {
            throw new InvalidInput(
                    "CANDIDATES_INVALID",
                    asked + " candidates for " + results + " results are outside " + results + " to " + maxCandidates,
                    asked,
                    results + " to " + maxCandidates);
        }
        int needed = Math.max(LEAST_CANDIDATES, CANDIDATES_PER_RESULT * fetched);
        return asked == 0 ? Math.max(fetched, Math.min(needed, maxCandidates)) : (int) asked;
    }

    /// @throws InvalidInput `PAGE_TOO_LARGE`
    static int page(long asked) {
        if (asked > MAX_PAGE) {
            throw new InvalidInput(
                    "PAGE_TOO_LARGE", asked + " images a page; the limit is " + MAX_PAGE, asked, MAX_PAGE);
        }
        return asked == 0 ? PAGE : (int) asked;
    }

    /// @throws InvalidInput `MIN_SCORE_INVALID`
    static void requireScore(float minScore) {
        if (!(minScore >= -1 && minScore <= 1)) {
            throw new InvalidInput(
                    "MIN_SCORE_INVALID", "least score " + minScore + " is not in [-1, 1]", minScore, "[-1, 1]");
        }
    }

    /// @throws InvalidInput `IDS_TOO_MANY`
    static void requireIds(List<String> ids) {
        if (ids.size() > MAX_IDS) {
            throw new InvalidInput(
                    "IDS_TOO_MANY", ids.size() + " ids in one call; the limit is " + MAX_IDS, ids.size(), MAX_IDS);
        }
    }

    private static void requireRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "limit of " + what + " is " + value + ", outside " + least + " to " + most);
        }
    }
}
