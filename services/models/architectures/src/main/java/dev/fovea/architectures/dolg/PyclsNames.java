package dev.fovea.architectures.dolg;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// From torchvision's names of a ResNet's tensors to those of pycls, with which the official weights are
/// saved.
///
/// | torchvision              | pycls            |
/// |--------------------------|------------------|
/// | `conv1`, `bn1`           | `stem.conv`, `stem.bn` |
/// | `layer2.0.conv1`, `bn1`  | `s2.b1.f.a`, `s2.b1.f.a_bn` |
/// | `layer2.0.downsample.0`, `.1` | `s2.b1.proj`, `s2.b1.bn` |
///
/// Source: facebookresearch/pycls, `models/resnet.py`; feymanpriv/DOLG, `core/model/resnet.py`.
record PyclsNames() implements UnaryOperator<String> {

    private static final Pattern STEM = Pattern.compile("(conv|bn)1\\.(\\w+)");
    private static final Pattern BLOCK = Pattern.compile("layer(\\d)\\.(\\d+)\\.(conv|bn|downsample\\.)(\\d)\\.(\\w+)");

    @Override
    public String apply(String name) {
        Matcher stem = STEM.matcher(name);
        if (stem.matches()) {
            return "stem." + stem.group(1) + "." + stem.group(2);
        }
        Matcher block = BLOCK.matcher(name);
        if (!block.matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no tensor of a ResNet without its classifier");
        }
        int number = Integer.parseInt(block.group(4));
        String layer =
                switch (block.group(3)) {
                    case "conv" -> "f." + letter(number);
                    case "bn" -> "f." + letter(number) + "_bn";
                    default -> number == 0 ? "proj" : "bn";
                };
        int position = Integer.parseInt(block.group(2)) + 1;
        return "s" + block.group(1) + ".b" + position + "." + layer + "." + block.group(5);
    }

    private static char letter(int number) {
        return (char) ('a' + number - 1);
    }
}
