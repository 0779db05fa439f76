/// Stage two of a search: the local descriptors of an image, how they are kept, and how candidates are put in
/// order by them.
///
/// It knows neither messages nor indexes: what is stored is bytes.
@NullMarked
package dev.fovea.retrieval.rerank;

import org.jspecify.annotations.NullMarked;
