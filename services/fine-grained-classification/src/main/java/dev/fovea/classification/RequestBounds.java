package dev.fovea.classification;

import dev.fovea.inference.Permits;

/// What bounds the requests in flight, besides the entrances and the models' queues.
///
/// @param cpu how many decode, preprocess or draw at once
/// @param explanations how many that ask for an explanation are in flight: each keeps a reduced copy of its image
/// @param ensembles memory of the inputs of ensembles
public record RequestBounds(Permits cpu, Permits explanations, EnsembleMemory ensembles) {}
