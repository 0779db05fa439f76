package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.repository.ModelVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SendMoreTest {

    @Test
    void namesTopicAndACallOfEachServiceAtItsPort() {
        ModelVersion model = new ModelVersion("m", 1, Path.of("m"));
        Reception none = new NoReception();
        List<ServicePlan> plans = List.of(
                Services.description(model, doors("--grpc-port"), none),
                Services.classification(model, doors("--classification-grpc-port"), none),
                Services.retrieval(List.of(model, model), Path.of("index"), doors("--retrieval-grpc-port"), none));
        Ports ports = new Ports(
                Map.of("--grpc-port", 4711, "--classification-grpc-port", 4712, "--retrieval-grpc-port", 4713));

        String text =
                SendMore.text("localhost:9092", plans, ports, new ImageFile(Path.of("/a b.jpg"), "a", "image/jpeg"));

        assertThat(text)
                .contains("-t fovea.images -k my-photo -H content-type=image/jpeg '/a b.jpg'")
                .contains("-t fovea.retrieval-queries -k my-query -H content-type=image/jpeg '/a b.jpg'")
                .contains("localhost:4711 fovea.v1.PatchDescription/Describe <<END")
                .contains("localhost:4712 fovea.v1.FineGrainedClassification/Classify <<END")
                .contains("localhost:4713 fovea.v1.GlobalRetrieval/Search <<END")
                .contains("{\"image\": {\"content\": \"$(base64 < '/a b.jpg' | tr -d '\\n')\"}, \"topK\": 3}");
    }

    private static Settings.Doors doors(String option) {
        PortChoice other = new PortChoice("--other", OptionalInt.empty(), 1);
        return new Settings.Doors(new PortChoice(option, OptionalInt.empty(), 1), other);
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
