package dev.fovea.retrieval;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.IndexRefused;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.VectorIndexEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The configured collections and their indexes, each of which is opened when its model serves: only then is
/// it known which embeddings they hold.
///
/// **Threads:** any. **Who closes it:** whoever made it, after the last request; it owns the indexes and the
/// engine.
public final class Collections implements AutoCloseable {
    private final Map<String, CollectionSettings> configured;
    private final String byDefault;
    private final VectorIndexEngine engine;
    private final ConcurrentMap<String, ImageCollection> open = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, String> failures = new ConcurrentHashMap<>();

    // Counted down when closing begins.
    private final CountDownLatch closed = new CountDownLatch(1);

    // Held for bookkeeping only, never while an index is opened or closed.
    private final Object handOver = new Object();

    /// Takes the engine over.
    ///
    /// @param byDefault name of the collection of requests that name none
    /// @throws IllegalArgumentException if there is no collection of that name
    public Collections(List<CollectionSettings> configured, String byDefault, VectorIndexEngine engine) {
        this.configured = configured.stream()
                .collect(Collectors.toMap(CollectionSettings::name, settings -> settings, (a, _) -> a, TreeMap::new));
        this.byDefault = byDefault;
        this.engine = engine;
        if (!this.configured.containsKey(byDefault)) {
            throw new IllegalArgumentException("there is no collection \"" + byDefault + "\" to be the default;"
                    + " configured are " + this.configured.keySet());
        }
    }

    /// Opens the indexes of the collections that hold embeddings of this model and are not open yet. A
    /// collection that names no version waits for the newest, whichever serves first. An index that fails is
    /// a [#problem], and keeps no other from being opened.
    ///
    /// @param model serving
    /// @param loaded all models, whatever their state
    /// @throws IndexRefused if an index does not fit, or somebody else writes to it
    /// @throws Unavailable if an engine does not answer, whatever else failed; another call tries again
    public synchronized void open(ServingModel model, List<ServingModel> loaded) {
        boolean newest = loaded.stream()
                .filter(other -> other.name().equals(model.name()))
                .noneMatch(other -> other.version() > model.version());
        List<RuntimeException> failed = new ArrayList<>();
        for (CollectionSettings settings : configured.values()) {
            if (isOf(settings.model(), model, newest) && !isSettled(settings)) {
                try {
                    keep(open(settings, model));
                } catch (IndexRefused refused) {
                    throw refused;
                } catch (RuntimeException failure) {
                    failed.add(failure);
                }
            }
        }
        failed.sort(Comparator.comparing(failure -> !(failure instanceof Unavailable)));
        throwFirst(failed);
    }

    /// @param name empty: the default
    /// @throws InvalidInput `COLLECTION_UNKNOWN`
    /// @throws Unavailable `INDEX_UNAVAILABLE` while it is not open
    public ImageCollection find(String name) {
        String wanted = settings(name).name();
        ImageCollection found = open.get(wanted);
        if (found == null) {
            throw new Unavailable("INDEX_UNAVAILABLE", notOpen(wanted));
        }
        return found;
    }

    /// @param name empty: the default
    /// @throws InvalidInput `COLLECTION_UNKNOWN`
    public CollectionSettings settings(String name) {
        String wanted = name.isEmpty() ? byDefault : name;
        CollectionSettings found = configured.get(wanted);
        if (found == null) {
            throw new InvalidInput(
                    "COLLECTION_UNKNOWN",
                    "there is no collection \"" + wanted + "\"; configured are " + configured.keySet(),
                    wanted,
                    configured.keySet());
        }
        return found;
    }

    /// Whose embeddings a collection holds; empty while it is not open.
    ///
    /// @param name empty: the default
    public Optional<ModelIdentity> model(String name) {
        return Optional.ofNullable(open.get(settings(name).name())).map(ImageCollection::model);
    }

    /// @param name empty: all, in the order of their names
    List<ImageCollection> list(String name) {
        return name.isEmpty() ? configured.keySet().stream().map(this::find).toList() : List.of(find(name));
    }

    boolean isDefault(ImageCollection collection) {
        return collection.name().equals(byDefault);
    }

    /// What keeps a collection from answering now, one sentence; empty: nothing. Does not wait.
    public Optional<String> problem() {
        return configured.keySet().stream()
                .flatMap(name -> problem(name).stream())
                .findFirst();
    }

    /// Those that are open.
    public List<ImageCollection> opened() {
        return List.copyOf(open.values());
    }

    /// Waits until closing begins, or the time has passed.
    ///
    /// @return whether it has begun
    public boolean awaitClosed(Duration limit) throws InterruptedException {
        return closed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    /// Makes everything durable first; closes all of them, whatever happens to one, and then throws what
    /// happened. Does not wait for an index that is being opened, which is closed as soon as it is open.
    @Override
    public void close() {
        List<ImageCollection> closing;
        synchronized (handOver) {
            closed.countDown();
            closing = opened();
            open.clear();
        }
        List<RuntimeException> failed = new ArrayList<>();
        closing.forEach(collection -> close(collection.index()::close, failed));
        close(engine::close, failed);
        throwFirst(failed);
    }

    private static boolean isOf(ModelRef wanted, ServingModel model, boolean newest) {
        boolean isVersion = wanted.version() == 0 ? newest : wanted.version() == model.version();
        return wanted.name().equals(model.name()) && isVersion;
    }

    private static void close(Runnable closing, List<RuntimeException> failed) {
        try {
            closing.run();
        } catch (RuntimeException failure) {
            failed.add(failure);
        }
    }

    /// With the others as what it suppressed; nothing if there is none.
    private static void throwFirst(List<RuntimeException> failed) {
        if (!failed.isEmpty()) {
            failed.stream().skip(1).forEach(failed.getFirst()::addSuppressed);
            throw failed.getFirst();
        }
    }

    private boolean isSettled(CollectionSettings settings) {
        return isClosed() || open.containsKey(settings.name());
    }

    private void keep(ImageCollection collection) {
        synchronized (handOver) {
            if (!isClosed()) {
                failures.remove(collection.name());
                open.put(collection.name(), collection);
                return;
            }
        }
        collection.index().close();
    }

    private Optional<String> problem(String name) {
        return Optional.ofNullable(open.get(name))
                .map(collection -> collection.index().problem())
                .orElseGet(() -> Optional.of(notOpen(name)));
    }

    private ImageCollection open(CollectionSettings settings, ServingModel model) {
        ModelIdentity identity = ModelIdentity.of(model);
        try {
            VectorIndex index = engine.open(new CollectionSpec(
                    settings.name(),
                    identity.name() + "/" + identity.version() + "@" + identity.digest(),
                    EmbeddingModels.dimension(model.manifest()),
                    settings.storage(),
                    settings.fields()));
            return new ImageCollection(settings, identity, index);
        } catch (RuntimeException | Error failure) {
            String why = failure instanceof Unavailable ? String.valueOf(failure.getMessage()) : failure.toString();
            failures.put(settings.name(), "could not be opened: " + why);
            throw failure;
        }
    }

    private String notOpen(String name) {
        String why = isClosed()
                ? "is closed"
                : failures.getOrDefault(name, "is not open yet: it waits for its model to serve");
        return "the index of collection " + name + " " + why;
    }
}
