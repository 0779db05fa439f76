package dev.fovea.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.fovea.proto.v1.Common;
import dev.fovea.proto.v1.Events;
import dev.fovea.proto.v1.FineGrainedClassificationOuterClass;
import dev.fovea.proto.v1.GlobalRetrievalOuterClass;
import dev.fovea.proto.v1.PatchDescriptionOuterClass;
import dev.fovea.proto.v1.ServiceInfoOuterClass;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The published wire contract only grows.
class WireCompatibilityTest {

    private static final List<FileDescriptor> FILES = List.of(
            Common.getDescriptor(),
            Events.getDescriptor(),
            FineGrainedClassificationOuterClass.getDescriptor(),
            GlobalRetrievalOuterClass.getDescriptor(),
            PatchDescriptionOuterClass.getDescriptor(),
            ServiceInfoOuterClass.getDescriptor());

    @Test
    void everythingPublishedIsStillThereUnchanged() throws IOException {
        assertThat(lines()).as("a published line is gone: that breaks clients").containsAll(published());
    }

    @Test
    void everythingThereIsPublished() throws IOException {
        assertThat(published())
                .as("add the new lines to wire-v1.txt, from then on they are a promise")
                .containsAll(lines());
    }

    private static List<String> published() throws IOException {
        try (InputStream file = WireCompatibilityTest.class.getResourceAsStream("/wire-v1.txt")) {
            assertThat(file).as("resource wire-v1.txt").isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static NavigableSet<String> lines() {
        NavigableSet<String> lines = new TreeSet<>();
        for (FileDescriptor file : FILES) {
            file.getMessageTypes().stream()
                    .flatMap(WireCompatibilityTest::withNested)
                    .flatMap(message -> message.getFields().stream())
                    .map(WireCompatibilityTest::line)
                    .forEach(lines::add);
            file.getEnumTypes().forEach(type -> type.getValues()
                    .forEach(value -> lines.add(value.getFullName() + " = " + value.getNumber())));
            file.getServices().forEach(service -> service.getMethods()
                    .forEach(method -> lines.add(method.getFullName() + ": "
                            + (method.isClientStreaming() ? "stream " : "")
                            + method.getInputType().getFullName() + " -> "
                            + (method.isServerStreaming() ? "stream " : "")
                            + method.getOutputType().getFullName())));
        }
        return lines;
    }

    private static Stream<Descriptor> withNested(Descriptor message) {
        return Stream.concat(
                Stream.of(message), message.getNestedTypes().stream().flatMap(WireCompatibilityTest::withNested));
    }

    private static String line(FieldDescriptor field) {
        String type =
                switch (field.getJavaType()) {
                    case MESSAGE -> field.getMessageType().getFullName();
                    case ENUM -> field.getEnumType().getFullName();
                    default -> field.getType().name();
                };
        return "%s: %s%s = %d"
                .formatted(field.getFullName(), field.isRepeated() ? "repeated " : "", type, field.getNumber());
    }
}
