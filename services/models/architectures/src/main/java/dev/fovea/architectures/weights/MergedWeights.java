package dev.fovea.architectures.weights;

import dev.fovea.repository.Provenance;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Several sources as one, such as a trunk's file and a head's; no name may be in two of them.
///
/// A source that makes up tensors (it lists no names) is asked only for what no other holds.
public record MergedWeights(List<WeightSource> sources) implements WeightSource {

    /// @throws WeightsException listing every name that two sources have
    public MergedWeights {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new WeightsException("no weights to merge");
        }
        Set<String> seen = new TreeSet<>();
        Set<String> twice = new TreeSet<>();
        for (WeightSource source : sources) {
            source.names().stream().filter(name -> !seen.add(name)).forEach(twice::add);
        }
        if (!twice.isEmpty()) {
            throw new WeightsException(twice.size() + " tensors are in more than one of " + names(sources) + ": "
                    + TensorNames.compact(twice));
        }
    }

    public static MergedWeights of(WeightSource... sources) {
        return new MergedWeights(List.of(sources));
    }

    /// The kind that is trusted least; the digests of several files stand in the source's text.
    @Override
    public WeightOrigin origin() {
        List<WeightOrigin> origins = sources.stream().map(WeightSource::origin).toList();
        if (origins.size() == 1) {
            return origins.getFirst();
        }
        Provenance.Kind least = origins.stream()
                .map(WeightOrigin::kind)
                .reduce((a, b) -> a.compareTo(b) > 0 ? a : b)
                .orElseThrow();
        String source = origins.stream().map(MergedWeights::described).collect(Collectors.joining(" + "));
        String licence = origins.stream().map(WeightOrigin::licence).distinct().collect(Collectors.joining(" AND "));
        return new WeightOrigin(least, source, Optional.empty(), licence);
    }

    private static String described(WeightOrigin origin) {
        return origin.source()
                + origin.sha256().map(digest -> " (SHA-256 " + digest + ")").orElse("");
    }

    private static String names(List<WeightSource> sources) {
        return sources.stream().map(source -> source.origin().source()).collect(Collectors.joining(", "));
    }

    @Override
    public Set<String> names() {
        return sources.stream()
                .flatMap(source -> source.names().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Optional<WeightTensor> find(String name, long... sizes) {
        return sources.stream()
                .filter(source -> source.names().contains(name))
                .findFirst()
                .or(() -> sources.stream()
                        .filter(source -> source.names().isEmpty())
                        .findFirst())
                .flatMap(source -> source.find(name, sizes));
    }
}
