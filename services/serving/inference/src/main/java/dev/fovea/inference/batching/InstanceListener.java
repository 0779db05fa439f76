package dev.fovea.inference.batching;

/// Hears of an instance's progress, on its owner thread.
public interface InstanceListener {

    /// The session is loaded.
    void loaded(ModelInstance instance);

    /// The session has run every bucket and its stored sample; the instance waits to be given a queue.
    void warm(ModelInstance instance);

    /// The session is lost for good, or was never loaded.
    void failed(ModelInstance instance, Throwable cause);
}
