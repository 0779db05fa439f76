package dev.fovea.retrieval;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.vectorindex.Written;
import java.util.List;

/// The port of the service: which of the stored images show what a query shows. Any thread may call and waits for its
/// answer.
///
/// Every method fails with the family of `dev.fovea.inference.failure`, naming what is wrong with value and limit;
/// whoever interrupts the caller's thread ends the request.
public interface ImageRetriever {
    /// The global descriptor of an image.
    EmbeddedImage embed(EmbeddingRequest request, Lane lane, Deadline deadline) throws InterruptedException;

    /// Stores an image, or replaces it.
    WrittenImage write(ImageWrite write, Lane lane, Deadline deadline) throws InterruptedException;

    /// Deletes an image.
    Written delete(ImageRemoval removal, Deadline deadline) throws InterruptedException;

    /// What is stored of images, in the order asked for; those that are not stored are left out.
    List<StoredImage> get(ImageLookup lookup, Deadline deadline) throws InterruptedException;

    /// The stored images nearest to a query.
    RankedImages search(ImageQuery query, Lane lane, Deadline deadline) throws InterruptedException;

    /// A part of all stored images, in the order of their ids.
    StoredPage scan(ImageScan scan, Deadline deadline) throws InterruptedException;

    /// What collections hold and how.
    ///
    /// @param collection empty: all
    List<CollectionSummary> collections(String collection, Deadline deadline) throws InterruptedException;

    /// Copies a collection's index, as of its last durable write.
    BackupSummary backup(String collection, String name, Deadline deadline) throws InterruptedException;

    /// Returns when every write into a collection that was answered before this call is durable.
    ///
    /// @param collection empty: the default
    void makeDurable(String collection, Deadline deadline) throws InterruptedException;
}
