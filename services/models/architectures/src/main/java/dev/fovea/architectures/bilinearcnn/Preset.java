package dev.fovea.architectures.bilinearcnn;

import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.trunk.Naming;
import dev.fovea.architectures.trunk.ResNet;
import dev.fovea.architectures.trunk.ResNet.Variant;
import dev.fovea.architectures.trunk.Trunks;
import dev.fovea.architectures.trunk.Vgg16;
import dev.fovea.architectures.trunk.Vgg16.End;
import java.util.List;

/// Which extractors a bilinear network has and how its published weights are named.
public enum Preset {
    /// VGG16 without its last pool: 512 channels, 28 x 28 positions of 448 pixels.
    VGG16("bcnn-vgg16", "Bilinear CNN on VGG16 without its last pool", "fc"),
    /// ResNet18: 512 channels, 14 x 14 positions of 448 pixels.
    RESNET18("bcnn-resnet18", "Bilinear CNN on ResNet18", "classifiers.0"),
    /// VGG16 with its last pool against ResNet18, 14 x 14 positions of 448 pixels each.
    TWO_STREAM("bcnn-two-stream", "Bilinear CNN of two extractors, VGG16 and ResNet18", "fc"),
    /// Any trunk with itself or with another.
    ANY("bcnn", "Bilinear CNN on any trunk, or on any two", "fc");

    private static final String TRUNK = "trunk";
    private static final String SECOND_TRUNK = "trunk2";
    private static final String NONE = "none";

    private final String architecture;
    private final String summary;
    private final String classifier;

    Preset(String architecture, String summary, String classifier) {
        this.architecture = architecture;
        this.summary = summary;
        this.classifier = classifier;
    }

    /// As users type it: `bcnn-vgg16`.
    @Override
    public String toString() {
        return architecture;
    }

    String summary() {
        return summary;
    }

    /// Scope of the classifier's weights.
    String classifier() {
        return classifier;
    }

    List<Option> options() {
        String names = String.join(", ", Trunks.names());
        return switch (this) {
            case VGG16, RESNET18, TWO_STREAM -> List.of();
            case ANY ->
                List.of(
                        new Option(TRUNK, "resnet34", names, "extractor; its weights have torchvision's names"),
                        new Option(
                                SECOND_TRUNK,
                                NONE,
                                NONE + ", " + names,
                                "second extractor; weights then under a. and b."));
        };
    }

    /// One extractor, which is pooled with itself, or two.
    ///
    /// @throws IllegalArgumentException if an option names no trunk
    List<Stream> streams(OptionValues options) {
        return switch (this) {
            case VGG16 -> List.of(new Stream(new Vgg16(Naming.TORCHVISION, End.RELU), ""));
            case RESNET18 -> List.of(new Stream(new ResNet(Variant.RESNET18, Naming.SEQUENTIAL), "features"));
            case TWO_STREAM ->
                List.of(
                        new Stream(new Vgg16(Naming.SEQUENTIAL, End.POOL), "a"),
                        new Stream(new ResNet(Variant.RESNET18, Naming.TORCHVISION), "b"));
            case ANY -> chosen(options.text(TRUNK), options.text(SECOND_TRUNK));
        };
    }

    private static List<Stream> chosen(String first, String second) {
        return second.equals(NONE)
                ? List.of(new Stream(Trunks.named(first), ""))
                : List.of(new Stream(Trunks.named(first), "a"), new Stream(Trunks.named(second), "b"));
    }
}
