package dev.fovea.lucene;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.search.ReferenceManager;

/// Versions that were written and that searches may not see yet, as Lucene's `LiveFieldValues` keeps them.
/// Whoever finds none here finds the version in a searcher acquired afterwards.
///
/// A refresh that changes nothing or fails forgets nothing, other than there: a forgotten version could be
/// overwritten by an older one.
///
/// **Threads:** any; of one id one at a time calls [#put].
final class LiveVersions implements ReferenceManager.RefreshListener {

    /// @param previous what was written before the refresh that is under way
    private record Versions(Map<String, Long> current, Map<String, Long> previous) {}

    private volatile Versions versions = new Versions(new ConcurrentHashMap<>(), Map.of());

    /// Call after the write and before it is answered.
    void put(String id, long version) {
        versions.current().put(id, version);
    }

    OptionalLong get(String id) {
        Versions now = versions;
        Long version = now.current().get(id);
        if (version == null) {
            version = now.previous().get(id);
        }
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    int size() {
        Versions now = versions;
        return now.current().size() + now.previous().size();
    }

    @Override
    public void beforeRefresh() {
        versions = new Versions(new ConcurrentHashMap<>(), versions.current());
    }

    @Override
    public void afterRefresh(boolean refreshed) {
        Versions now = versions;
        if (!refreshed) {
            now.previous().forEach((id, version) -> now.current().merge(id, version, Math::max));
        }
        versions = new Versions(now.current(), Map.of());
    }
}
