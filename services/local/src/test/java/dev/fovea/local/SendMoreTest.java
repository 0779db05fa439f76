package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.local.Settings.Listening;
import dev.fovea.repository.ModelVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SendMoreTest {

    @Test
    void namesTopicAndACallOfEachServiceAtItsPort() {
        PortChoice any = choice("--other");
        PortChoice description = choice("--grpc-port");
        PortChoice classification = choice("--classification-grpc-port");
        Listening listening = new Listening(any, description, any, classification, any);
        ModelVersion model = new ModelVersion("m", 1, Path.of("m"));
        List<ServicePlan> plans = List.of(
                Services.description(model, listening, new NoReception()),
                Services.classification(model, listening, new NoReception()));
        Ports ports = new Ports(Map.of("--other", 1, "--grpc-port", 4711, "--classification-grpc-port", 4712));

        String text =
                SendMore.text("localhost:9092", plans, ports, new ImageFile(Path.of("/a b.jpg"), "a", "image/jpeg"));

        assertThat(text)
                .contains("-t fovea.images -k my-photo -H content-type=image/jpeg '/a b.jpg'")
                .contains("localhost:4711 fovea.v1.PatchDescription/Describe <<END")
                .contains("localhost:4712 fovea.v1.FineGrainedClassification/Classify <<END")
                .contains("{\"image\": {\"content\": \"$(base64 < '/a b.jpg' | tr -d '\\n')\"}, \"topK\": 3}");
    }

    private static PortChoice choice(String option) {
        return new PortChoice(option, OptionalInt.empty(), 1);
    }

    private record NoReception() implements Reception {

        @Override
        public Received read(byte[] value) {
            throw new UnsupportedOperationException("nothing is received here");
        }

        @Override
        public void skip(ImageFile image) {
            throw new UnsupportedOperationException("nothing is received here");
        }

        @Override
        public String total() {
            return "";
        }
    }
}
