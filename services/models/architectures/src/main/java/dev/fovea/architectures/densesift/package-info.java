/// Dense SIFT: SIFTNet descriptors of every patch on a grid, and embedders on them that need no download.
///
/// It finds no keypoints, estimates no orientation and fits nothing: codebooks and projections come as
/// weights.
///
/// | step      | what                                                                  | shape            |
/// |-----------|-----------------------------------------------------------------------|------------------|
/// | grey      | 0.299 R + 0.587 G + 0.114 B                                           | (N, 1, H, W)     |
/// | gradient  | central differences, border of the image replicated                   | 2 x (N, 1, H, W) |
/// | planes    | RootSIFT: ramps (SIFT: kinks) of the angle, times the magnitude       | (N, A + 1, H W)  |
/// | cells     | mask and tents of each cell of each patch, strided                    | (N, A + 1, C C P)|
/// | histogram | differences of neighbouring planes                                    | (N, A, C C P)    |
/// | normalise | L2, clip, then L2 or, for RootSIFT, square root of the L1-normalised  | (N, A C C, P)    |
/// | head      | `sift-dense`: mean                                                    | (N, 128)         |
/// |           | `sift-vlad`: residuals to K visual words, weights `pool.*`            | (N, K 128)       |
/// | colour    | `sift-bilinear`: mean opponent colours of each patch, 5 x 5 soft bins | (N, 25, P)       |
/// |           | `sift-bilinear`: products of all pairs, signed square root            | (N, 153 153)     |
///
/// With `explanations` the maps that `sift-bilinear` pools are an output that only explains: a classifier fitted
/// on them gives the factors of the share of each patch in its best scores
/// ([dev.fovea.architectures.layers.ResponseForms]), with a border of zeros where no patch has its centre. They take
/// about 1 % of its time at 256 pixels (one thread, processor time).
///
/// A: 8 angular bins, C: 4 cells a side, P: patches of all sizes; 2702 for 16, 24 and 32 pixels every 8 at
/// 256.
///
/// Measured with a codebook fitted to the reference images of a corridor of 111 places (160 x 120
/// photographs): the right place is the first answer for 84 % and among the first five for 96 % of the
/// queries (64 words, sharpness 60 to 100, three patch sizes); 79 % and 94 % with patches of 24 alone. At 256
/// pixels one size costs 2 to 3 ms an image on one core, the three 5; the circular mask three times as much.
///
/// Papers: D. Lowe, IJCV 2004; A. Bosch, A. Zisserman, X. Muñoz, Image Classification using Random Forests
/// and Ferns, ICCV 2007 (dense SIFT at several sizes); H. Jégou et al., CVPR 2010 (VLAD); R. Arandjelović et
/// al., CVPR 2016 (NetVLAD); A. Torii et al., CVPR 2015 (DenseVLAD); T.-Y. Lin et al., ICCV 2015 (bilinear).
@NullMarked
package dev.fovea.architectures.densesift;

import org.jspecify.annotations.NullMarked;
