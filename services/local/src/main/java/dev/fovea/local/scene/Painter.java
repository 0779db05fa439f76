package dev.fovea.local.scene;

/// Decides what a place looks like from what lies there already. Must be a pure function.
@FunctionalInterface
interface Painter {
    Texel paint(double x, double y, Texel below);
}
