package dev.fovea.architectures.weights;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A source without the tensors that are known to be unneeded, such as the classifier of a trunk.
///
/// A pattern that fits no tensor is no error: an architecture may ignore what only some files hold.
public final class IgnoringWeights implements WeightSource {

    private final WeightSource source;
    private final List<Pattern> patterns;
    private final Set<String> names;

    private IgnoringWeights(WeightSource source, List<Pattern> patterns) {
        this.source = source;
        this.patterns = patterns;
        this.names =
                source.names().stream().filter(name -> !isIgnored(name)).collect(Collectors.toCollection(TreeSet::new));
    }

    /// @param globs of whole names; `*` is any run of characters, dots too, and `?` any one: `fc.*`
    public static IgnoringWeights of(WeightSource source, List<String> globs) {
        return new IgnoringWeights(
                source, globs.stream().map(IgnoringWeights::pattern).toList());
    }

    private static Pattern pattern(String glob) {
        return Pattern.compile(glob.chars()
                .mapToObj(c -> switch (c) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(c));
                })
                .collect(Collectors.joining()));
    }

    @Override
    public WeightOrigin origin() {
        return source.origin();
    }

    /// Sorted.
    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    @Override
    public Optional<WeightTensor> find(String name, long... sizes) {
        return isIgnored(name) ? Optional.empty() : source.find(name, sizes);
    }

    private boolean isIgnored(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
