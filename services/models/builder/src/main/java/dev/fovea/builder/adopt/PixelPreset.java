package dev.fovea.builder.adopt;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Usual means and deviations of pixel values, which lie in [0, 1].
enum PixelPreset {
    /// Of the photographs of ImageNet, red first.
    IMAGENET(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)),
    /// `(p - 128) / 128` of a byte p, as TensorFlow's MobileNets take it.
    HALF(List.of(128.0 / 255, 128.0 / 255, 128.0 / 255), List.of(128.0 / 255, 128.0 / 255, 128.0 / 255)),
    /// `p / 255`.
    UNIT(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)),
    /// The byte itself, 0 to 255.
    BYTE(List.of(0.0, 0.0, 0.0), List.of(1.0 / 255, 1.0 / 255, 1.0 / 255));

    static final String NAMES = "imagenet, half, unit or byte";

    private static final int CHANNELS = 3;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Double> mean;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Double> std;

    PixelPreset(List<Double> mean, List<Double> std) {
        this.mean = mean;
        this.std = std;
    }

    /// Three means from a preset's name, or from one or three numbers.
    static List<Double> mean(String text) {
        return named(text).map(preset -> preset.mean).orElseGet(() -> numbers("--mean", text));
    }

    /// Three deviations from a preset's name, or from one or three numbers.
    static List<Double> std(String text) {
        return named(text).map(preset -> preset.std).orElseGet(() -> numbers("--std", text));
    }

    static boolean isName(String text) {
        return named(text).isPresent();
    }

    private static Optional<PixelPreset> named(String text) {
        return Arrays.stream(values())
                .filter(preset -> preset.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    private static List<Double> numbers(String option, String text) {
        try {
            List<Double> values = Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .map(Double::valueOf)
                    .toList();
            if (values.size() == 1) {
                return Collections.nCopies(CHANNELS, values.getFirst());
            }
            if (values.size() == CHANNELS) {
                return values;
            }
        } catch (NumberFormatException e) {
            // Answered below: it is no number, whichever of them.
        }
        throw new IllegalArgumentException(
                option + " " + text + " is neither one nor three numbers nor one of " + NAMES);
    }
}
