package dev.fovea.architectures.page;

/// Where the page treats an architecture, and whether trained weights of it can be had.
///
/// @param section the heading's anchor
/// @param weights for the overview, in a few words
record Published(String section, String weights) {

    private static final String TRUNK_ONLY = "trunk only; fit the head";

    /// @throws IllegalArgumentException if the page does not know it
    static Published of(String architecture) {
        return switch (architecture) {
            case "siftnet" -> new Published("siftnet", "none needed");
            case "hardnet", "hardnet8" -> new Published("hardnet-and-hardnet8", "yes");
            case "tfeat", "hardtfeat" -> new Published("tfeat-and-hardtfeat", "yes");
            case "bcnn", "bcnn-vgg16", "bcnn-resnet18", "bcnn-two-stream" -> new Published("bilinear-cnn", TRUNK_ONLY);
            case "s3n", "s3n-resnet50" -> new Published("s3n", "ResNet-50, no licence stated");
            case "dolg" -> new Published("dolg", "no");
            case "dolg-official" -> new Published("dolg", "yes, no licence of their own");
            case "netvlad" -> new Published("netvlad", "yes, no licence stated");
            case "gem" -> new Published("gem-spoc-r-mac-and-any-pooling", "yes, no licence of their own");
            case "spoc", "rmac", "pooled" -> new Published("gem-spoc-r-mac-and-any-pooling", "trunk is all it needs");
            case "sift-dense" -> new Published("dense-sift", "none needed");
            case "sift-vlad" -> new Published("dense-sift", "codebook: fit it");
            case "sift-bilinear" -> new Published("dense-sift", "none needed");
            default -> throw new IllegalArgumentException("Published knows nothing of \"" + architecture + "\"");
        };
    }
}
