package dev.fovea.architectures.page;

import java.util.List;
import java.util.Map;

/// The rows of every layer table: how the page divides the networks.
///
/// @param options with which the graph is built that the table shows; empty for the defaults
record LayerRows(List<LayerRow> rows, Map<String, String> options) {

    private static final String PIXELS = "pixels, normalised | | ^";
    private static final String SCORES = "linear | `%s` | Gemm %s";
    private static final String SECOND_ORDER = """
            `X Y^T / HW` | | Reshape | Mul
            signed square root, L2 | | Flatten""";
    private static final String SIDE_BY_SIDE = "all positions side by side | | Concat | Concat";
    private static final String COLOUR = """
            mean colour of each patch, 5 x 5 bins | | AveragePool | Sqrt
            both side by side | | Concat | Concat""";

    /// @throws IllegalArgumentException if the page knows no rows for it
    static LayerRows of(String architecture) {
        return switch (architecture) {
            case "siftnet" -> plain(SIFTNET);
            case "hardnet" -> plain(HARDNET, HARDNET_END);
            case "hardnet8" -> plain(HARDNET, HARDNET8_END);
            case "tfeat" -> plain(TFEAT);
            case "hardtfeat" -> plain(HARDTFEAT);
            case "dolg" -> plain(PIXELS, resNet("cnn.", 4), DOLG);
            case "dolg-official" -> new LayerRows(rows(PIXELS, pyclsResNet(), DOLG_OFFICIAL), Map.of("scales", "1"));
            case "netvlad" -> plain(PIXELS, vgg("encoder."), NETVLAD);
            case "gem" -> plain(PIXELS, resNet("features.", 5), "GeM, L2 | | Clip");
            case "spoc", "rmac", "pooled", "s3n" -> new LayerRows(List.of(), Map.of()); // as "gem" and "s3n-resnet50"
            case "bcnn-vgg16" -> plain(PIXELS, vgg("features."), SECOND_ORDER, SCORES.replace("%s", "fc"));
            case "bcnn-resnet18" ->
                plain(PIXELS, sequentialResNet(), SECOND_ORDER, SCORES.replace("%s", "classifiers.0"));
            case "bcnn-two-stream" ->
                plain(PIXELS, vgg("a."), "pool | | MaxPool", resNet("b.", 5), SECOND_ORDER, SCORES.replace("%s", "fc"));
            case "bcnn" -> plain(PIXELS, resNet("", 5), SECOND_ORDER, SCORES.replace("%s", "fc"));
            case "s3n-resnet50" -> plain(PIXELS, sequentialResNet(), S3N);
            case "sift-dense" -> plain(denseSift(16, 24, 32), SIDE_BY_SIDE, "mean, L2 | | GlobalAveragePool");
            case "sift-vlad" -> plain(denseSift(16, 24, 32), SIDE_BY_SIDE, SIFT_VLAD);
            case "sift-bilinear" -> plain(denseSift(32), COLOUR, SECOND_ORDER);
            default -> throw new IllegalArgumentException("LayerRows knows no rows of \"" + architecture + "\"");
        };
    }

    static List<LayerRow> rows(String... parts) {
        return LayerRow.parse(String.join("\n", parts));
    }

    /// @param prefix of the names, `cnn.`
    /// @param lastStage 4 or 5
    static String resNet(String prefix, int lastStage) {
        String all = """
                conv 7 x 7 / 2, norm, ReLU | `PREconv1`, `PREbn1` | Conv PREconv1.
                max pool 3 / 2, stage 2 | `PRElayer1` | MaxPool
                stage 3 | `PRElayer2` | Conv PRElayer2.
                stage 4 | `PRElayer3` | Conv PRElayer3.
                stage 5 | `PRElayer4` | Conv PRElayer4.""";
        String rows = lastStage == 5 ? all : all.substring(0, all.lastIndexOf('\n'));
        return rows.replace("PRE", prefix);
    }

    static String vgg(String prefix) {
        return """
                conv1_1, conv1_2 | `PRE0`, `.2` | Conv PRE0.
                pool, conv2_1, conv2_2 | `PRE5`, `.7` | MaxPool
                pool, conv3_1 to conv3_3 | `PRE10`, `.12`, `.14` | MaxPool
                pool, conv4_1 to conv4_3 | `PRE17`, `.19`, `.21` | MaxPool
                pool, conv5_1 to conv5_3 | `PRE24`, `.26`, `.28` | MaxPool""".replace("PRE", prefix);
    }

    static String mobileNet() {
        return """
                conv 3 x 3 / 2 | `features.0` | Conv features.0.
                stage 1: t 1, 1 block | `features.1` | Conv features.1.
                stage 2: t 6, 2 blocks, / 2 | `features.2`, `.3` | Conv features.2.
                stage 3: t 6, 3 blocks, / 2 | `features.4` to `.6` | Conv features.4.
                t 6, 4 blocks, / 2 | `features.7` to `.10` | Conv features.7.
                stage 4: t 6, 3 blocks | `features.11` to `.13` | Conv features.11.
                t 6, 3 blocks, / 2 | `features.14` to `.16` | Conv features.14.
                t 6, 1 block | `features.17` | Conv features.17.
                stage 5: conv 1 x 1 | `features.18` | Conv features.18.""";
    }

    /// @param sides of the patches, pixels
    static String denseSift(int... sides) {
        var rows = new StringBuilder("""
                grey | | ^ | Conv
                gradient | | Pad
                magnitude and angle | | Sqrt
                planes: ramps of the angle times the magnitude | | Conv weight | Mul""");
        for (int i = 0; i < sides.length; i++) {
            rows.append("\npatches of ")
                    .append(sides[i])
                    .append(" pixels: cells, histogram, RootSIFT | | Conv cells_y_");
            rows.append(i + 1).append(" | Sqrt");
        }
        return rows.toString();
    }

    private static LayerRows plain(String... parts) {
        return new LayerRows(rows(parts), Map.of());
    }

    private static String sequentialResNet() {
        return """
                conv 7 x 7 / 2, norm, ReLU | `features.0`, `.1` | Conv features.0.
                max pool 3 / 2, stage 2 | `features.4` | MaxPool
                stage 3 | `features.5` | Conv features.5.
                stage 4 | `features.6` | Conv features.6.
                stage 5 | `features.7` | Conv features.7.""";
    }

    private static String pyclsResNet() {
        return """
                conv 7 x 7 / 2, norm, ReLU | `globalmodel.stem` | Conv globalmodel.stem.
                max pool 3 / 2, stage 2 | `globalmodel.s1` | MaxPool
                stage 3 | `globalmodel.s2` | Conv globalmodel.s2.
                stage 4 | `globalmodel.s3` | Conv globalmodel.s3.
                stage 5 | `globalmodel.s4` | Conv globalmodel.s4.""";
    }

    private static final String SIFTNET = """
            gradient: central differences | | ^ | MatMul
            magnitude | | Sqrt | Sqrt
            angle, in bins | | Abs | Where
            planes: kinks of the angle times the magnitude | | Concat
            cells: mask and tents, one matrix | | MatMul pooling
            histogram | | MatMul planes_to_bins
            L2, clip 0.2, L2 | | ReduceL2""";

    private static final String HARDNET = """
            zero mean, unit deviation | | ^
            conv 3 x 3, norm, ReLU | `features.0`, `.1` | Conv features.0.
            conv 3 x 3, norm, ReLU | `features.3`, `.4` | Conv features.3.
            conv 3 x 3 / 2, norm, ReLU | `features.6`, `.7` | Conv features.6.
            conv 3 x 3, norm, ReLU | `features.9`, `.10` | Conv features.9.
            conv 3 x 3 / 2, norm, ReLU | `features.12`, `.13` | Conv features.12.
            conv 3 x 3, norm, ReLU | `features.15`, `.16` | Conv features.15.""";

    private static final String HARDNET_END = """
            conv 8 x 8, norm | `features.19`, `.20` | Conv features.19.
            L2 | | ReduceL2""";

    private static final String HARDNET8_END = """
            conv 3 x 3, norm, ReLU | `features.18`, `.19` | Conv features.18.
            conv 8 x 8, norm | `features.22`, `.23` | Conv features.22.
            L2 | | ReduceL2
            projection, L2 | `mean`, `components` | Sub mean""";

    private static final String TFEAT = """
            zero mean, unit variance (1e-5 added) | | ^
            conv 7 x 7, tanh | `features.1` | Conv features.1.
            max pool 2 | | MaxPool
            conv 6 x 6, tanh | `features.4` | Conv features.4.
            linear, tanh | `descr.0` | Flatten""";

    private static final String HARDTFEAT = """
            zero mean, unit deviation | | ^
            conv 7 x 7, tanh | `features.0` | Conv features.0.
            max pool 2 | | MaxPool
            conv 6 x 6, tanh | `features.3` | Conv features.3.
            conv 8 x 8, tanh | `classifier.1` | Conv classifier.1.
            L2 | | ReduceL2""";

    private static final String DOLG = """
            local: dilations 3, 6, 9 and the mean | `local_branch.multi_atrous` | Conv local_branch.multi_atrous.
            1 x 1, ReLU | `local_branch.conv1x1_1` | Conv local_branch.conv1x1_1.
            1 x 1, norm | `local_branch.conv1x1_2`, `.bn` | Conv local_branch.conv1x1_2.
            ReLU, 1 x 1, softplus, times unit features | `local_branch.conv1x1_3` | Conv local_branch.conv1x1_3.
            global: GeM of stage 4 | | Clip
            linear | `fc_1` | Gemm fc_1.
            orthogonal fusion, mean | | GlobalAveragePool
            linear | `fc_2` | Gemm fc_2.""";

    private static final String DOLG_OFFICIAL = """
            local: 1 x 1, norm | `localmodel.conv1`, `.bn` | Conv localmodel.conv1.
            ReLU, 1 x 1, softplus, times unit features | `localmodel.conv2` | Conv localmodel.conv2.
            global: GeM of stage 5 | `pool_g.p` | Clip
            linear | `fc_t` | Gemm fc_t.
            orthogonal fusion, mean | | GlobalAveragePool
            linear | `fc` | Gemm fc.
            L2 | | ReduceL2""";

    private static final String NETVLAD = """
            L2 of each position | | ReduceL2
            assignment to words, softmax | `pool.conv` | Conv pool.conv. | Softmax
            residual sums, L2 of each word's, L2 | `pool.centroids` | Transpose""";

    private static final String SIFT_VLAD = """
            assignment to words, softmax | `pool.conv` | Conv pool.conv. | Softmax
            residual sums, L2 of each word's, L2 | `pool.centroids` | Transpose""";

    private static final String S3N = """
            origin: mean, linear | `raw_classifier` | GlobalAveragePool | Gemm
            response maps | `raw_classifier` again | Unsqueeze raw_classifier | MatMul
            means of the resized maps | | MatMul mean_shares | Squeeze
            entropy gate: a weight per class | | Softmax | MatMul
            decision map, 0 to 1 | | Resize | Div
            peaks | | ReduceMean | And
            attention: zoom and complement | | Flatten | Unsqueeze
            zoom: sampling points | | MatMul filters | Resize
            zoomed image | | Transpose | GridSample
            complement: sampling points | | MatMul filters | Resize
            complementary image | | Transpose | GridSample
            zoomed: the trunk again | `features` again | Conv features.0.
            conv 3 x 3 / 2, norm, ReLU | `sampler_buffer` | Conv sampler_buffer. | Relu
            complementary: the trunk again | `features` again | Conv features.0.
            conv 3 x 3 / 2, norm, ReLU | `sampler_buffer1` | Conv sampler_buffer1. | Relu
            discriminative: linear | `sampler_classifier` | Gemm sampler_classifier.
            complementary: linear | `sampler_classifier1` | Gemm sampler_classifier1.
            logits: three means side by side, linear | `con_classifier` | Concat""";
}
