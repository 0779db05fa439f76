package dev.fovea.vectorindex;

import java.util.List;
import java.util.Optional;

/// A condition on declared metadata fields. An entry without the field meets none but a [Not].
public sealed interface Filter {

    record Equals(String field, MetadataValue value) implements Filter {}

    /// @param values not empty, of one type
    record In(String field, List<MetadataValue> values) implements Filter {
        public In {
            values = List.copyOf(values);
        }
    }

    /// Numbers and times; both bounds are inclusive, and there is at least one.
    record Range(String field, Optional<MetadataValue> from, Optional<MetadataValue> to) implements Filter {}

    /// @param filters not empty
    record And(List<Filter> filters) implements Filter {
        public And {
            filters = List.copyOf(filters);
        }
    }

    /// @param filters not empty
    record Or(List<Filter> filters) implements Filter {
        public Or {
            filters = List.copyOf(filters);
        }
    }

    record Not(Filter filter) implements Filter {}
}
