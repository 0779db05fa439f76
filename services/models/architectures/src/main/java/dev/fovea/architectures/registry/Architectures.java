package dev.fovea.architectures.registry;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.PatchArchitecture;
import dev.fovea.architectures.bilinearcnn.BilinearCnn;
import dev.fovea.architectures.bilinearcnn.Preset;
import dev.fovea.architectures.densesift.SiftNetwork;
import dev.fovea.architectures.dolg.Dolg;
import dev.fovea.architectures.embedding.Embedder;
import dev.fovea.architectures.hardnet.HardNet;
import dev.fovea.architectures.s3n.S3n;
import dev.fovea.architectures.siftnet.SiftNetArchitecture;
import dev.fovea.architectures.tfeat.TFeat;
import dev.fovea.architectures.trunk.ResNet;
import java.util.List;

/// Every architecture there is.
public final class Architectures {

    private static final List<Architecture> ALL = List.of(
            new SiftNetArchitecture(),
            new PatchArchitecture(HardNet.hardNet()),
            new PatchArchitecture(HardNet.hardNet8()),
            new PatchArchitecture(new TFeat(TFeat.Training.TRIPLET)),
            new PatchArchitecture(new TFeat(TFeat.Training.HARDEST)),
            new ImageArchitecture(new Dolg(Dolg.Variant.SEED)),
            new ImageArchitecture(new Dolg(Dolg.Variant.OFFICIAL)),
            new ImageArchitecture(Embedder.netVlad()),
            new ImageArchitecture(Embedder.gem()),
            new ImageArchitecture(Embedder.spoc()),
            new ImageArchitecture(Embedder.rmac()),
            new ImageArchitecture(Embedder.pooled()),
            new ImageArchitecture(new BilinearCnn(Preset.VGG16)),
            new ImageArchitecture(new BilinearCnn(Preset.RESNET18)),
            new ImageArchitecture(new BilinearCnn(Preset.TWO_STREAM)),
            new ImageArchitecture(new BilinearCnn(Preset.ANY)),
            new ImageArchitecture(S3n.of(ResNet.Variant.RESNET50)),
            new ImageArchitecture(S3n.ofAnyTrunk()),
            new ImageArchitecture(SiftNetwork.dense()),
            new ImageArchitecture(SiftNetwork.vlad()),
            new ImageArchitecture(SiftNetwork.bilinear()));

    private Architectures() {}

    public static List<Architecture> all() {
        return ALL;
    }

    /// @throws IllegalArgumentException if there is none of that name, naming those there are
    public static Architecture named(String name) {
        return ALL.stream()
                .filter(architecture -> architecture.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no architecture \"" + name + "\"; there is "
                        + ALL.stream().map(Architecture::name).toList()));
    }
}
