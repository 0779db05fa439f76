package dev.fovea.retrieval;

import dev.fovea.inference.Deadline;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.ScanPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Pages of stored images that fit into a message.
final class Scanning {
    /// What a client takes that configures nothing is 4 MiB; the last step may pass this by what it read.
    private static final long PAGE_BYTES = 2 << 20;

    private Scanning() {}

    static StoredPage page(ImageCollection collection, ImageScan scan, int limit, Deadline deadline)
            throws InterruptedException {
        int step = StoredImages.parts(scan.parts()).isEmpty() ? limit : StoredImages.STEP;
        List<StoredImage> images = new ArrayList<>();
        Optional<String> next = scan.cursor();
        long bytes = 0;
        do {
            ScanPage read = collection
                    .index()
                    .scan(
                            next,
                            Math.min(step, limit - images.size()),
                            scan.filter(),
                            StoredImages.parts(scan.parts()),
                            deadline);
            for (IndexEntry entry : read.entries()) {
                images.add(StoredImages.image(entry, scan.parts()));
                bytes += AnswerSize.bytes(entry);
            }
            next = read.next();
        } while (next.isPresent() && images.size() < limit && bytes < PAGE_BYTES);
        return new StoredPage(images, next);
    }
}
