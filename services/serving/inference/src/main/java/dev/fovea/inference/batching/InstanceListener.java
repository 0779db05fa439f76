package dev.fovea.inference.batching;

/// Hears of an instance's progress, on its owner thread.
public interface InstanceListener {

    /// The session is loaded.
    void loaded(ModelInstance instance);

    /// The session has run every bucket and its stored sample; the instance waits to be given a queue.
    void warm(ModelInstance instance);

    /// The session failed on rows and then on its stored sample too: the fault is the model's. It is called before
    /// the entries of those rows fail.
    void unhealthy(ModelInstance instance, String reason);

    /// The session is lost for good, or was never loaded.
    void failed(ModelInstance instance, Throwable cause);
}
