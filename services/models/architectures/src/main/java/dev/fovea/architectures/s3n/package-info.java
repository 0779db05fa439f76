/// S3N: a classifier that looks at an image three times, as it is and twice resampled by what it saw.
///
/// It is one graph without loops, branches or shapes that depend on the image: every position of the 31 x 31
/// map carries a weight, which is zero unless the position is a peak. It trains nothing.
///
/// | step           | what                                                            | shape                |
/// |----------------|-----------------------------------------------------------------|----------------------|
/// | features       | a ResNet, its weights shared by all three passes                | (N, C, h, w)         |
/// | origin         | mean, `raw_classifier`                                          | (N, K)               |
/// | responses      | `raw_classifier` at every position                              | (N, K, h, w)         |
/// | gate           | weight of each class's map: the best, or the best five alike    | (N, 1, K)            |
/// | `gate`         | sum of p ln p of the five best; 1 if the best alone was taken   | (N, 2)               |
/// | decision map   | weighted sum, resized, scaled to 0 to 1                         | (N, 1, 31, 31)       |
/// | peaks          | largest of 3 x 3 and at least the mean                          | (N, 1, 31, 31) BOOL  |
/// | attention      | Gaussians around peaks: zoom, complement                        | 2 x (N, 1, 31, 31)   |
/// | points         | mean place of what matters near each point, resized             | 2 x (N, 2, H, W)     |
/// | images         | the input read at these points                                  | 2 x (N, 3, H, W)     |
/// | features again | ResNet                                                          | 2 x (N, C, h, w)     |
/// | buffers        | `sampler_buffer`, `sampler_buffer1`: 3 x 3 stride 2, norm, ReLU | 2 x (N, C, h/2, w/2) |
/// | discriminative | mean, `sampler_classifier`                                      | (N, K)               |
/// | complementary  | mean, `sampler_classifier1`                                     | (N, K)               |
/// | logits         | all three means side by side, `con_classifier`                  | (N, K)               |
///
/// ResNet-50 at 448: C = 2048, h = w = 14; three passes of 16.4 GMAC and two buffers of 1.85.
///
/// The published code sums the 61 x 61 filter of the points tap by tap in float32, which is off by up to 5e-6
/// of the image's side; here the filter is two small matrix products, 5e-7 from exact. Peaks are found by
/// comparing numbers: where two neighbours, or a peak and the mean, differ by less than the trunk's rounding,
/// another runtime may decide otherwise and look elsewhere.
///
/// Sampling `random` needs a random number per position. By default these are a constant made from a seed:
/// runs repeat, an image's answer does not depend on its batch, and the model has one input, which is what
/// services batch. With `random_input` they are a second input, (N, 31, 31) in [0, 1), for programs that call
/// the model themselves.
///
/// Paper: Y. Ding, Y. Zhou, Y. Zhu, Q. Ye, J. Jiao, Selective Sparse Sampling for Fine-Grained Image
/// Recognition, ICCV 2019; published code `sss_net.py`.
@NullMarked
package dev.fovea.architectures.s3n;

import org.jspecify.annotations.NullMarked;
