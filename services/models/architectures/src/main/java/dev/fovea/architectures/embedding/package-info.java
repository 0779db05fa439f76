/// Embedders: one vector of an image from any trunk, by the pooling after which each is named.
///
/// They describe whole images; they search and re-rank nothing.
///
/// | layer            | all but `netvlad` | `netvlad`       | names                              |
/// |------------------|-------------------|-----------------|------------------------------------|
/// | trunk            | (N, C, H, W)      | (N, C, H, W)    | `features.*`; `encoder.*`          |
/// | pooling          | (N, C)            | (N, clusters C) | `pool.p`; `pool.conv`, `pool.centroids` |
/// | if asked: L2     | (N, C)            | (N, clusters C) |                                    |
/// | if asked: linear | (N, whiten)       | (N, whiten)     | `whiten.weight`, `whiten.bias`     |
/// | L2               | the same          | the same        |                                    |
///
/// C of a stage: see the trunk. With `naming=torchvision` the trunk's names are those of a torchvision
/// checkpoint, at the root, and its classifier is left: an ImageNet checkpoint then serves as it is.
///
/// Papers: F. Radenović, G. Tolias, O. Chum, Fine-tuning CNN Image Retrieval with No Human Annotation, TPAMI
/// 2018, arXiv:1711.02512 (GeM; filipradenovic/cnnimageretrieval-pytorch, MIT, whose weights carry no licence
/// of their own); A. Babenko, V. Lempitsky, Aggregating Local Deep Features for Image Retrieval, ICCV 2015
/// (SPoC); G. Tolias, R. Sicre, H. Jégou, Particular Object Retrieval with Integral Max-Pooling, ICLR 2016
/// (R-MAC); R. Arandjelović et al., NetVLAD, CVPR 2016, arXiv:1511.07247 (Nanne/pytorch-NetVlad, no licence
/// stated). torchvision's ImageNet weights: BSD-3-Clause code, ImageNet terms.
@NullMarked
package dev.fovea.architectures.embedding;

import org.jspecify.annotations.NullMarked;
