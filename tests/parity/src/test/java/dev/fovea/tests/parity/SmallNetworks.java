package dev.fovea.tests.parity;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.Option;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.repository.ElementType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every architecture there is, at a size that runs in a moment.
final class SmallNetworks {

    private static final int IMAGE_PX = 96;

    private SmallNetworks() {}

    static List<Architecture> all() {
        return Architectures.all();
    }

    /// Bytes in; no weights yet.
    static ModelRequest request(Architecture architecture) {
        Map<String, String> options = new TreeMap<>();
        for (Option option : architecture.options()) {
            switch (option.name()) {
                case ImageArchitecture.IMAGE_SIZE -> options.put(option.name(), String.valueOf(IMAGE_PX));
                case ImageArchitecture.CLASSES -> options.put(option.name(), "10");
                case "clusters" -> options.put(option.name(), "8");
                case "trunk" -> {
                    if (option.defaultValue().startsWith("resnet")) {
                        options.put(option.name(), "resnet18");
                    }
                }
                default -> {}
            }
        }
        return ModelRequest.defaults(architecture.name(), ElementType.UINT8).withOptions(options);
    }

    /// Items for a model: smooth, each another, so that no answer hangs on a single bit.
    static byte[] item(int number, List<Integer> shape) {
        int bytes = shape.stream().reduce(1, Math::multiplyExact);
        int channels = shape.size() == 3 ? shape.getLast() : 1;
        int width = shape.get(1);
        byte[] item = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            int channel = i % channels;
            int position = i / channels;
            double x = (position % width) / (double) width;
            double y = Math.floorDiv(position, width) / (double) width;
            double waves = Math.sin((5 + number) * x + channel) * Math.cos((7 + 2 * number) * y - channel * x);
            double blob = Math.exp(-40 * (Math.pow(x - 0.3 - 0.1 * number, 2) + Math.pow(y - 0.4, 2)));
            item[i] = (byte) Math.round(Math.clamp(110 + 60 * waves + 80 * blob, 0, 255));
        }
        return item;
    }
}
