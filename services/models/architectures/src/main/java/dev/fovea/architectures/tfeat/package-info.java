/// TFeat and HardTFeat: shallow learnt descriptors of grey patches.
///
/// They describe patches that were cut elsewhere: they find no keypoints, sample no image and estimate no
/// orientation.
///
/// | layer        | shape           | TFeat               | HardTFeat                            |
/// |--------------|-----------------|---------------------|--------------------------------------|
/// | zero mean    | (N, 1, 32, 32)  | `/ sqrt(var + 1e-5)`| `/ (std + 1e-7)`                     |
/// | conv 7, tanh | (N, 32, 26, 26) | `features.1`        | `features.0`                         |
/// | max pool 2   | (N, 32, 13, 13) |                     |                                      |
/// | conv 6, tanh | (N, 64, 8, 8)   | `features.4`        | `features.3`                         |
/// | linear, tanh | (N, 128)        | `descr.0`           | `classifier.1`, an 8 x 8 convolution |
/// | L2           | (N, 128)        | by the service      | yes                                  |
///
/// Grey values are those of bytes, up to 255, as in training.
///
/// Papers: V. Balntas, E. Riba, D. Ponsa, K. Mikolajczyk, Learning local feature descriptors with triplets
/// and shallow convolutional neural networks, BMVC 2016; D. Mishkin, F. Radenović, J. Matas, Repeatability is
/// not enough: learning affine regions via discriminability, ECCV 2018, arXiv:1711.06704 (HardTFeat). Layout,
/// names and epsilons as in the published code (vbalnt/tfeat, ducha-aiki/affnet `HardTFeat.pth`, both MIT).
///
/// Weights to be had: `pretrained-models/tfeat-*.params` of vbalnt/tfeat (MIT), `HardTFeat.pth` of
/// ducha-aiki/affnet (MIT).
@NullMarked
package dev.fovea.architectures.tfeat;

import org.jspecify.annotations.NullMarked;
