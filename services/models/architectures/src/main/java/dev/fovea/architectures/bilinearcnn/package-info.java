/// Bilinear CNN, a fine-grained classifier: second-order pooling of one extractor with itself or of two.
///
/// It has no extractor of its own (those are in `trunk`) and no second-order mathematics (those are in `layers`).
///
/// Paper: Lin, RoyChowdhury and Maji, "Bilinear CNN Models for Fine-grained Visual Recognition", ICCV 2015,
/// arXiv:1504.07889. At 448 x 448 pixels:
///
/// | layer                | `bcnn-vgg16`       | `bcnn-resnet18`    | `bcnn-two-stream`                   |
/// |----------------------|--------------------|--------------------|-------------------------------------|
/// | extractor            | (N, 512, 28, 28)   | (N, 512, 14, 14)   | (N, 512, 14, 14), (N, 512, 14, 14)  |
/// | `X Y^T / HW`         | (N, 512, 512)      | (N, 512, 512)      | (N, 512, 512)                       |
/// | signed root, L2      | (N, 262144)        | (N, 262144)        | (N, 262144)                         |
/// | fully connected      | (N, classes)       | (N, classes)       | (N, classes)                        |
/// | weights of extractor | `features.N`       | `features.N`       | `a.N`, `b.conv1`, `b.layer1` to `4`  |
/// | weights of classifier| `fc`               | `classifiers.0`    | `fc`                                |
///
/// The paper's own weights (MatConvNet) have no licence file; those of torchvision's extractors are BSD-3-Clause,
/// trained on ImageNet, whose terms are for non-commercial research.
@NullMarked
package dev.fovea.architectures.bilinearcnn;

import org.jspecify.annotations.NullMarked;
