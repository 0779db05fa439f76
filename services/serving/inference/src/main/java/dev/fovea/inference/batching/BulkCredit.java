package dev.fovea.inference.batching;

/// What interactive rows owe the bulk lane for having gone first. Owned by the lock of its [BatchQueue].
///
/// Every interactive row taken while bulk rows wait earns `share / (1 - share)` of a row, so that over time
/// bulk gets `share` of all rows even when a batch is too small for a fraction of it. Only interactive rows
/// earn credit; hence one spent is followed by interactive rows again, and an interactive entry waits for one
/// bulk batch at most.
final class BulkCredit {

    private static final double ROUNDING = 1e-9;

    private final double share;
    private final double earnedPerRow;
    private final int most;
    private double credit;

    /// @param most rows that can be saved up
    BulkCredit(double share, int most) {
        this.share = share;
        this.earnedPerRow = share / (1 - share);
        this.most = most;
    }

    /// Rows of a batch of `size` to keep free for bulk.
    int reserve(int size, int bulkRows) {
        int saved = (int) (credit + ROUNDING);
        int fair = (int) Math.ceil(size * share);
        return Math.min(bulkRows, Math.min(saved, fair));
    }

    /// Books a batch of which `reservedRows` were used by bulk.
    void book(int interactiveRows, int reservedRows, boolean bulkWaits) {
        credit = bulkWaits ? Math.min(most, credit - reservedRows + interactiveRows * earnedPerRow) : 0;
    }

    /// Undoes [#book] for a batch that did not run.
    void undo(int interactiveRows, int reservedRows) {
        credit = Math.max(0, credit + reservedRows - interactiveRows * earnedPerRow);
    }
}
