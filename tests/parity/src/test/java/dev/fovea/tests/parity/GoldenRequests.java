package dev.fovea.tests.parity;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.Option;
import dev.fovea.architectures.ServingForm;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.repository.ElementType;
import dev.fovea.tests.support.golden.GoldenCase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Golden cases in the words of our architectures.
final class GoldenRequests {

    /// What the index says for people, or what our architecture of that name always does.
    private static final Set<String> FOR_PEOPLE = Set.of("note", "extractors", "normalize_input");

    private GoldenRequests() {}

    static Architecture architecture(GoldenCase golden) {
        return golden.architecture().startsWith("resnet")
                ? new ImageArchitecture(new StageMeans(golden.architecture()))
                : Architectures.named(golden.architecture());
    }

    static ModelRequest request(GoldenCase golden, int imageSize) {
        boolean images = !golden.images().isEmpty();
        ElementType input = images ? ElementType.UINT8 : ElementType.FLOAT32;
        return ModelRequest.defaults("golden", input)
                .withOptions(options(golden, imageSize))
                .withWeights(weights(golden))
                .withForm(ServingForm.DEFAULT
                        .withInput(input)
                        .withBuckets(
                                images ? List.of(1, Math.max(2, golden.images().size())) : List.of(1, 8, 24)));
    }

    private static Map<String, String> options(GoldenCase golden, int imageSize) {
        Map<String, String> options = new TreeMap<>();
        golden.options().forEach((name, value) -> {
            switch (name) {
                case "backbone" -> options.put("trunk", value.split(" ", 2)[0]);
                default -> options.put(name, value);
            }
        });
        options.keySet().removeAll(FOR_PEOPLE);
        if (!golden.images().isEmpty()) {
            options.put(ImageArchitecture.IMAGE_SIZE, String.valueOf(imageSize));
        }
        Set<String> known =
                architecture(golden).options().stream().map(Option::name).collect(Collectors.toSet());
        if (known.contains("normalise")) {
            options.put("normalise", String.valueOf(!golden.architecture().equals("dolg")));
        }
        if (known.contains("explanations") && golden.architecture().equals("s3n")) {
            options.put("explanations", "all");
        }
        return options;
    }

    private static WeightSource weights(GoldenCase golden) {
        var seeded = new SeededWeights(golden.weightsPrefix());
        return golden.overrides().isEmpty() ? seeded : new OverriddenWeights(seeded, golden.overrides());
    }
}
