/// HardNet and HardNet8: learnt descriptors of grey patches.
///
/// They describe patches that were cut elsewhere: they find no keypoints, sample no image and estimate no
/// orientation.
///
/// | layer                  | HardNet            | HardNet8           | names                       |
/// |------------------------|--------------------|--------------------|-----------------------------|
/// | zero mean, unit std    | (N, 1, 32, 32)     | (N, 1, 32, 32)     |                             |
/// | conv 3, norm, ReLU     | (N, 32, 32, 32)    | (N, 32, 32, 32)    | `features.0`, `.1`          |
/// | conv 3, norm, ReLU     | (N, 32, 32, 32)    | (N, 32, 32, 32)    | `features.3`, `.4`          |
/// | conv 3 / 2, norm, ReLU | (N, 64, 16, 16)    | (N, 64, 16, 16)    | `features.6`, `.7`          |
/// | conv 3, norm, ReLU     | (N, 64, 16, 16)    | (N, 64, 16, 16)    | `features.9`, `.10`         |
/// | conv 3 / 2, norm, ReLU | (N, 128, 8, 8)     | (N, 128, 8, 8)     | `features.12`, `.13`        |
/// | conv 3, norm, ReLU     | (N, 128, 8, 8)     | (N, 128, 8, 8)     | `features.15`, `.16`        |
/// | conv 3, norm, ReLU     |                    | (N, 256, 8, 8)     | `features.18`, `.19`        |
/// | conv 8, norm           | (N, 128)           | (N, 512)           | `features.19`, `.20` / `.22`, `.23` |
/// | L2                     | (N, 128)           | (N, 512)           |                             |
/// | PCA, L2                |                    | (N, 128)           | `mean`, `components`        |
///
/// Papers: A. Mishchuk, D. Mishkin, F. Radenović, J. Matas, Working hard to know your neighbor's margins,
/// NIPS 2017, arXiv:1705.10872; M. Pultar, Improving the HardNet Descriptor, 2020, arXiv:2007.09699. Layout,
/// names and epsilons as in the published code (DagnyT/hardnet, MIT; kornia `feature/hardnet.py`,
/// Apache-2.0).
///
/// Weights to be had: `HardNet++.pth` and `checkpoint_liberty_with_aug.pth` of DagnyT/hardnet (MIT);
/// `hardnet8v2.pt` of kornia's model list (Apache-2.0).
@NullMarked
package dev.fovea.architectures.hardnet;

import org.jspecify.annotations.NullMarked;
