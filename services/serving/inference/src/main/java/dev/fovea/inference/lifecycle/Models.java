package dev.fovea.inference.lifecycle;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.Unavailable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The models of one service, chosen by name and version. Any thread may call; it owns none of them.
public final class Models {
    private final Supplier<List<ServingModel>> loaded;
    private final String defaultName;

    /// @param loaded all versions of all models, whatever their state; asked at every call
    /// @param defaultName the model of a request that names none
    public Models(Supplier<List<ServingModel>> loaded, String defaultName) {
        this.loaded = loaded;
        this.defaultName = defaultName;
    }

    public List<ServingModel> all() {
        return List.copyOf(loaded.get());
    }

    /// The asked version, or the newest that serves.
    ///
    /// @throws InvalidInput `MODEL_NOT_FOUND`, listing what exists
    /// @throws Unavailable `MODEL_NOT_READY` if what was asked for exists and does not serve
    public ServingModel find(ModelRef ref) {
        String name = ref.name().isEmpty() ? defaultName : ref.name();
        List<ServingModel> candidates = all().stream()
                .filter(model -> model.name().equals(name))
                .filter(model -> ref.version() == 0 || model.version() == ref.version())
                .toList();
        if (candidates.isEmpty()) {
            throw unknown(new ModelRef(name, ref.version()));
        }
        return candidates.stream()
                .filter(model -> model.state() instanceof ModelState.Serving)
                .max(Comparator.comparingInt(ServingModel::version))
                .orElseThrow(() -> notReady(candidates.getLast()));
    }

    /// The model that answers requests that name none; empty while none does.
    public Optional<ServingModel> answering() {
        return all().stream().filter(this::isDefault).findFirst();
    }

    /// Whether requests that name no version of the default model get `model`.
    public boolean isDefault(ServingModel model) {
        return model.name().equals(defaultName)
                && model.state() instanceof ModelState.Serving
                && all().stream()
                        .filter(other -> other.name().equals(defaultName))
                        .filter(other -> other.state() instanceof ModelState.Serving)
                        .noneMatch(other -> other.version() > model.version());
    }

    private InvalidInput unknown(ModelRef asked) {
        String existing = all().stream().map(Models::label).sorted().collect(Collectors.joining(", "));
        String hint = asked.name().contains("@") ? "; the version is a field of its own, not part of the name" : "";
        return new InvalidInput(
                "MODEL_NOT_FOUND", "there is no model " + asked + "; models here: " + existing + hint, asked, existing);
    }

    private static Unavailable notReady(ServingModel model) {
        return new Unavailable(
                "MODEL_NOT_READY",
                "model " + label(model) + " is " + model.state().label());
    }

    private static String label(ServingModel model) {
        return model.name() + "@" + model.version();
    }
}
