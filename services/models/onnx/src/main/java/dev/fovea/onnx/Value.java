package dev.fovea.onnx;

import dev.fovea.onnx.shape.Shape;

/// A value of one graph: an input, a constant or an operator's result.
///
/// @param graph the owner; operators refuse values of different graphs
/// @param name unique in the graph
public record Value(Graph graph, String name, DataType type, Shape shape) {

    @Override
    public String toString() {
        return name + " " + type + shape;
    }
}
