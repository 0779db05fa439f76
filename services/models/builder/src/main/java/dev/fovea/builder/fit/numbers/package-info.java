/// The mathematics of fitting: matrices, principal components, k-means, logistic regression, seeded choices.
///
/// It knows no image, no file and no model.
@NullMarked
package dev.fovea.builder.fit.numbers;

import org.jspecify.annotations.NullMarked;
