/// Trunks: the part of a network that turns pixels into feature maps, shared by classifiers and embedders.
///
/// A trunk pools nothing and names no class; a head does.
///
/// | trunk                    | paper                | last stage of (N, 3, H, W) | 10^6 numbers     |
/// |--------------------------|----------------------|----------------------------|------------------|
/// | `resnet18`, `resnet34`   | He 2016              | (N, 512, H / 32, W / 32)   | 11.2, 21.3       |
/// | `resnet50`, `101`, `152` | He 2016              | (N, 2048, H / 32, W / 32)  | 23.6, 42.6, 58.3 |
/// | `vgg16`                  | Simonyan 2015        | (N, 512, H / 16, W / 16)   | 14.7             |
/// | `mobilenetv2`            | Sandler 2018         | (N, 1280, H / 32, W / 32)  | 2.3              |
/// | `sift`                   | none: no weights     | (N, 128, H', W')           | 0                |
///
/// Each type's own page has its paper and the table of its stages. Weights: torchvision's (BSD-3-Clause;
/// trained on ImageNet, whose terms are for non-commercial research).
@NullMarked
package dev.fovea.architectures.trunk;

import org.jspecify.annotations.NullMarked;
