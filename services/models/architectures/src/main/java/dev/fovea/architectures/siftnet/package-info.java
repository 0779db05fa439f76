/// SIFTNet: the SIFT descriptor of a patch as a network without trained weights.
///
/// It describes patches that were cut elsewhere: it finds no keypoints, samples no image and estimates no
/// orientation.
///
/// | step      | what                                                              | shape            |
/// |-----------|-------------------------------------------------------------------|------------------|
/// | gradient  | central differences, border replicated                            | 2 x (N, S, S)    |
/// | magnitude | square root of the squared gradient + 1e-10                       | (N, S, S)        |
/// | angle     | in units of angular bins, by a polynomial of the half angle       | (N, S, S)        |
/// | planes    | kinks (RootSIFT: ramps) of the angle, times the magnitude         | (N, A + 1, S S)  |
/// | pooling   | mask and overlapping tents, one matrix product                    | (N, A + 1, C C)  |
/// | histogram | differences of neighbouring planes                                | (N, A, C C)      |
/// | normalise | L2, clip, L2; RootSIFT on request                                 | (N, A C C)       |
///
/// S: patch size, A: angular bins, C: spatial cells a side. Output order: angle, then row, then column.
///
/// Papers: D. Lowe, Distinctive Image Features from Scale-Invariant Keypoints, IJCV 2004; R. Arandjelović and
/// A. Zisserman, Three things everyone should know to improve object retrieval, CVPR 2012 (RootSIFT). The
/// formulas, kernels and epsilons are those of the PyTorch network `SIFTNet` by D. Mishkin (pytorch-sift,
/// later kornia `SIFTDescriptor`, Apache-2.0). Which graph computes them fastest was measured:
/// `services/decisions/0001-siftnet-graph.md`.
@NullMarked
package dev.fovea.architectures.siftnet;

import org.jspecify.annotations.NullMarked;
