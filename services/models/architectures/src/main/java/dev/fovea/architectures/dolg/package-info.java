/// DOLG: one vector of an image from the orthogonal fusion of local and global features.
///
/// It describes whole images; it re-ranks nothing and keeps no local features.
///
/// | layer                       | `dolg`                   | names, below `local_branch`      |
/// |-----------------------------|--------------------------|----------------------------------|
/// | ResNet, local               | (N, 512, S / 8, S / 8)   | `cnn.*`, up to stage 3           |
/// | ResNet, global              | (N, 1024, S / 16, S / 16)| `cnn.*`, up to stage 4           |
/// | dilations 3, 6, 9, pooled   | (N, 2048, S / 8, S / 8)  | `.multi_atrous.dilated_convs`    |
/// | 1 x 1, ReLU                 | (N, hidden, S / 8, S / 8)| `.conv1x1_1`                     |
/// | 1 x 1, batch norm           | (N, hidden, S / 8, S / 8)| `.conv1x1_2`, `.bn`              |
/// | ReLU, 1 x 1, softplus       | (N, hidden, S / 8, S / 8)| `.conv1x1_3`                     |
/// | L2 of positions x attention | (N, hidden, S / 8, S / 8)|                                  |
/// | GeM of global, linear       | (N, hidden)              | `fc_1`                           |
/// | orthogonal fusion, mean     | (N, 2 hidden)            |                                  |
/// | linear                      | (N, output)              | `fc_2`                           |
///
/// | layer                       | `dolg-official`          | names, below `localmodel`        |
/// |-----------------------------|--------------------------|----------------------------------|
/// | ResNet, local               | (N, 1024, S / 16, S / 16)| `globalmodel.*`, as pycls        |
/// | ResNet, global              | (N, 2048, S / 32, S / 32)| `globalmodel.*`, as pycls        |
/// | on request: atrous pyramid  | (N, hidden, S / 16, S / 16) | `.aspp`                       |
/// | 1 x 1, batch norm           | (N, hidden, S / 16, S / 16) | `.conv1`, `.bn`               |
/// | ReLU, 1 x 1, softplus       | (N, 1, S / 16, S / 16)   | `.conv2`                         |
/// | L2 of positions x attention | (N, hidden, S / 16, S / 16) |                               |
/// | GeM of global, linear       | (N, hidden)              | `pool_g.p`, `fc_t`               |
/// | orthogonal fusion, mean     | (N, 2 hidden)            |                                  |
/// | linear                      | (N, output)              | `fc`                             |
/// | mean of scales, L2          | (N, output)              |                                  |
///
/// S: side of the input. The published PyTorch code squeezes all dimensions of size 1, so that a batch of one
/// image fails in it; here a batch of any size is described image by image.
///
/// Paper: M. Yang et al., DOLG: Single-Stage Image Retrieval with Deep Orthogonal Fusion of Local and Global
/// Features, ICCV 2021, arXiv:2108.02927. `dolg` follows a widely copied reimplementation on timm's ResNet;
/// the official code is feymanpriv/DOLG (MIT), whose weights `r50_dolg_512.pyth` and `r101_dolg_512.pyth`
/// (Baidu; no licence stated, trained on Google Landmarks v2) expect BGR and five scales.
@NullMarked
package dev.fovea.architectures.dolg;

import org.jspecify.annotations.NullMarked;
