package dev.fovea.builder.fit;

import dev.fovea.builder.release.FoveaVersion;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.Provenance;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A manifest on its way from what it was to what is fitted on it. The recorded sample is dropped: it is another
/// model's answer.
///
/// Mutable, for one thread.
final class ManifestDraft {

    private final ModelManifest from;
    private final Map<String, String> parameters;
    private String name;
    private int version;
    private String task;
    private List<TensorSpec> outputs;
    private List<String> labels;
    private String normalization;
    private List<Integer> buckets;
    private Provenance provenance;

    private ManifestDraft(ModelManifest from) {
        this.from = from;
        this.parameters = new TreeMap<>(from.parameters());
        this.parameters.remove(ModelManifest.EXPLAINS); // the one output that is left answers
        this.name = from.name();
        this.version = from.version();
        this.task = from.task();
        this.outputs = List.of(from.outputs().getFirst());
        this.labels = from.labels();
        this.normalization = from.outputNormalization();
        this.buckets = from.batchBuckets();
        this.provenance = from.provenance();
    }

    static ManifestDraft of(ModelManifest manifest) {
        return new ManifestDraft(manifest);
    }

    ManifestDraft named(String newName, int newVersion) {
        name = newName;
        version = newVersion;
        return this;
    }

    ManifestDraft task(String newTask) {
        task = newTask;
        return this;
    }

    /// The only output from now on.
    ManifestDraft output(TensorSpec only) {
        return outputs(only, List.of());
    }

    /// @param explaining outputs that only explain the answer
    ManifestDraft outputs(TensorSpec answer, List<TensorSpec> explaining) {
        outputs = Stream.concat(Stream.of(answer), explaining.stream()).toList();
        if (!explaining.isEmpty()) {
            parameter(
                    ModelManifest.EXPLAINS,
                    String.join(",", explaining.stream().map(TensorSpec::name).toList()));
        }
        return this;
    }

    ManifestDraft labels(List<String> newLabels) {
        labels = List.copyOf(newLabels);
        return this;
    }

    ManifestDraft unitNorm(boolean unit) {
        normalization = unit ? "l2" : "none";
        return this;
    }

    /// Empty for those there were.
    ManifestDraft buckets(List<Integer> wanted) {
        buckets = wanted.isEmpty() ? buckets : List.copyOf(wanted);
        return this;
    }

    ManifestDraft parameter(String key, Object value) {
        parameters.put(key, String.valueOf(value));
        return this;
    }

    /// Fitted on a model that stays named in the provenance.
    ///
    /// @param how for a person: what was fitted to what
    ManifestDraft fitted(String how) {
        Provenance before = from.provenance();
        // Seeded numbers stay seeded whatever is fitted on top.
        Provenance.Kind kind =
                before.kind() == Provenance.Kind.SEEDED ? Provenance.Kind.SEEDED : Provenance.Kind.FITTED;
        String source = how + ", on model " + from.name() + "@" + from.version() + " (" + before.kind() + ": "
                + before.source() + ")";
        provenance = new Provenance(kind, source, before.sha256(), before.licence(), FoveaVersion.BUILDER);
        return this;
    }

    ModelManifest done() {
        return new ModelManifest(
                name,
                version,
                task,
                from.architecture(),
                parameters,
                from.inputs(),
                outputs,
                from.preprocessing(),
                labels,
                normalization,
                buckets,
                provenance,
                from.paper(),
                Optional.empty());
    }
}
