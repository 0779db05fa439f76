package dev.fovea.architectures.trunk;

import dev.fovea.architectures.trunk.Vgg16.End;
import java.util.ArrayList;
import java.util.List;

/// Every trunk by name.
public final class Trunks {

    private Trunks() {}

    /// All of them, for help texts.
    public static List<String> names() {
        return all(Naming.TORCHVISION).stream().map(Trunk::name).toList();
    }

    /// Whole, ReLU last where there is one, with the names of torchvision's checkpoints.
    ///
    /// @throws IllegalArgumentException if there is none of that name, naming those there are
    public static Trunk named(String name) {
        return named(name, Naming.TORCHVISION);
    }

    /// @throws IllegalArgumentException if there is none of that name, naming those there are
    public static Trunk named(String name, Naming naming) {
        return all(naming).stream()
                .filter(trunk -> trunk.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no trunk \"" + name + "\"; there is " + names()));
    }

    private static List<Trunk> all(Naming naming) {
        List<Trunk> trunks = new ArrayList<>();
        for (ResNet.Variant variant : ResNet.Variant.values()) {
            trunks.add(new ResNet(variant, naming));
        }
        trunks.add(new Vgg16(naming, End.RELU));
        trunks.add(new MobileNetV2(naming));
        trunks.add(SiftTrunk.DEFAULT);
        return trunks;
    }
}
