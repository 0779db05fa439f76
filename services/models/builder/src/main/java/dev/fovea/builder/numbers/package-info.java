/// The mathematics of fitting: matrices, principal components, k-means, logistic regression, seeded choices.
///
/// It knows no image, no file and no model.
@NullMarked
package dev.fovea.builder.numbers;

import org.jspecify.annotations.NullMarked;
