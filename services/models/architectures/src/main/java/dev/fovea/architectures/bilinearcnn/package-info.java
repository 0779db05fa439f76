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
/// | `response_forms`     | (N, 3, 512, 512)   | (N, 3, 512, 512)   | (N, 3, 512, 512)                    |
/// | weights of extractor | `features.N`       | `features.N`       | `a.N`, `b.conv1`, `b.layer1` to `4`  |
/// | weights of classifier| `fc`               | `classifiers.0`    | `fc`                                |
///
/// Response forms, with the option `explanations`: with the features they are the factors of the exact share of each
/// position in the score of the three best classes, [dev.fovea.architectures.layers.ResponseForms]; the idea is that
/// of class activation maps, Zhou et al., CVPR 2016. They take about 1 % of a ResNet-18's time at 448 pixels (one
/// thread, processor time), and the classifier is kept twice, 221 MB more of 466, also for calls that do not ask: so
/// they are off unless asked for.
///
/// The paper's own weights (MatConvNet) have no licence file; those of torchvision's extractors are BSD-3-Clause,
/// trained on ImageNet, whose terms are for non-commercial research.
@NullMarked
package dev.fovea.architectures.bilinearcnn;

import org.jspecify.annotations.NullMarked;
