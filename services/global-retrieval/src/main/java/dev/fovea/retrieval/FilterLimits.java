package dev.fovea.retrieval;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.vectorindex.Filter;
import java.util.List;

/// How large a filter may be; whether it makes sense is for [dev.fovea.vectorindex.InputChecks] to say.
final class FilterLimits {
    private static final int MAX_CONDITIONS = 64;
    private static final int MAX_LEVELS = 16;
    private static final int MAX_VALUES = 1_024;

    private FilterLimits() {}

    /// @throws InvalidInput `FILTER_INVALID`
    static void require(Filter filter) {
        requireAtMost("levels", levels(filter), MAX_LEVELS);
        requireAtMost("conditions", conditions(filter), MAX_CONDITIONS);
        requireAtMost("values of an `in`", values(filter), MAX_VALUES);
    }

    private static int levels(Filter filter) {
        return 1 + parts(filter).stream().mapToInt(FilterLimits::levels).max().orElse(0);
    }

    private static int conditions(Filter filter) {
        return 1 + parts(filter).stream().mapToInt(FilterLimits::conditions).sum();
    }

    /// Of the longest list.
    private static int values(Filter filter) {
        return filter instanceof Filter.In(String _, var values)
                ? values.size()
                : parts(filter).stream().mapToInt(FilterLimits::values).max().orElse(0);
    }

    private static List<Filter> parts(Filter filter) {
        return switch (filter) {
            case Filter.And(List<Filter> filters) -> filters;
            case Filter.Or(List<Filter> filters) -> filters;
            case Filter.Not(Filter negated) -> List.of(negated);
            case Filter.Equals _, Filter.In _, Filter.Range _ -> List.of();
        };
    }

    private static void requireAtMost(String what, int count, int limit) {
        if (count > limit) {
            throw new InvalidInput(
                    "FILTER_INVALID", "a filter has " + count + " " + what + "; the limit is " + limit, count, limit);
        }
    }
}
