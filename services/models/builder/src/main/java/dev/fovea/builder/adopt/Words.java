package dev.fovea.builder.adopt;

import dev.fovea.architectures.layers.VectorPooling;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Constants as users type them: by [Object#toString], whatever the case.
///
/// picocli's own reading of such constants works, but its message would list them twice.
final class Words {

    private Words() {}

    /// For `--task`.
    static final class OfTask implements ITypeConverter<Task> {

        @Override
        public Task convert(String word) {
            return read(List.of(Task.values()), word);
        }
    }

    /// For `--head`.
    static final class OfPooling implements ITypeConverter<VectorPooling> {

        @Override
        public VectorPooling convert(String word) {
            return read(List.of(VectorPooling.values()), word);
        }
    }

    private static <E> E read(List<E> constants, String word) {
        return constants.stream()
                .filter(constant -> constant.toString().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + word + "' is not one of " + constants));
    }
}
