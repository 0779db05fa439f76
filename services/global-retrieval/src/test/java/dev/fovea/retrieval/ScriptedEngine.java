package dev.fovea.retrieval;

import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.VectorIndexEngine;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// An engine that opens and closes as a test says, and remembers what it closed. Its indexes can do nothing
/// else. Any thread.
///
/// @param opening may throw or wait; given the name of the collection
/// @param closing of an index, likewise
/// @param closed names of collections, and `engine`
public record ScriptedEngine(Consumer<String> opening, Consumer<String> closing, List<String> closed)
        implements VectorIndexEngine {

    public ScriptedEngine(Consumer<String> opening, Consumer<String> closing) {
        this(opening, closing, new CopyOnWriteArrayList<>());
    }

    @Override
    public VectorIndex open(CollectionSpec collection) {
        opening.accept(collection.name());
        return (VectorIndex) Proxy.newProxyInstance(
                VectorIndex.class.getClassLoader(),
                new Class<?>[] {VectorIndex.class},
                (_, method, _) -> switch (method.getName()) {
                    case "spec" -> collection;
                    case "problem" -> Optional.empty();
                    case "close" -> {
                        closed.add(collection.name());
                        closing.accept(collection.name());
                        yield method;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public void close() {
        closed.add("engine");
    }
}
