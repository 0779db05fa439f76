package dev.fovea.architectures.trunk;

/// How the tensors of a trunk are named, below the scope it is given.
public enum Naming {
    /// As in a whole torchvision checkpoint: `layer1.0.conv1.weight`, `features.0.weight`.
    TORCHVISION,
    /// As in a PyTorch `Sequential` of the trunk's children: `4.0.conv1.weight`, `0.weight`.
    SEQUENTIAL
}
