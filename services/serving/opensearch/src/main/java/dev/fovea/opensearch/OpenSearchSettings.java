package dev.fovea.opensearch;

/// How to reach a cluster and how to keep collections in it.
public record OpenSearchSettings(Servers servers, IndexLayout layout, BulkLimits bulk) {

    /// Defaults for everything but where the cluster is.
    public static OpenSearchSettings of(Servers servers) {
        return new OpenSearchSettings(servers, IndexLayout.DEFAULT, BulkLimits.DEFAULT);
    }
}
