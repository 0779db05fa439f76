package dev.fovea.architectures.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.Option;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ManifestJson;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.StoredSample;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchitecturesTest {

    private final Architecture siftnet = Architectures.named("siftnet");
    private final ModelRequest request = ModelRequest.defaults("siftnet", ElementType.FLOAT32);

    @Test
    void namesWhatThereIsWhenAnArchitectureIsUnknown() {
        assertThatThrownBy(() -> Architectures.named("alexnet"))
                .hasMessageStartingWith("no architecture \"alexnet\"; there is [siftnet");
    }

    @Test
    void manifestStatesEveryOptionAndWhatTheModelTakesAndGives() {
        ModelManifest manifest =
                siftnet.build(request.withOptions(Map.of("rootsift", "true"))).manifest();

        assertThat(manifest.parameters())
                .containsOnlyKeys(siftnet.options().stream().map(Option::name).toList())
                .containsEntry("rootsift", "true")
                .containsEntry("mask_type", "CircularGauss");
        assertThat(manifest.inputs().getFirst().itemShape()).isEqualTo(List.of(32, 32));
        assertThat(manifest.outputs().getFirst().itemShape()).isEqualTo(List.of(128));
        assertThat(manifest.outputs().getFirst().meaning()).startsWith("RootSIFT");
        assertThat(manifest.outputNormalization()).isEqualTo("l2");
        assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
    }

    @Test
    void equalRequestsGiveEqualBytes() {
        assertThat(siftnet.build(request).toBytes())
                .isEqualTo(siftnet.build(request).toBytes());
    }

    @Test
    void storedSampleComesTrueInOnnxRuntime() throws Exception {
        BuiltModel model = siftnet.build(request);
        StoredSample sample = model.manifest().sample().orElseThrow();
        float[] patch = new float[32 * 32];
        for (int i = 0; i < patch.length; i++) {
            patch[i] = (StoredSample.splitMix64(sample.seed(), i) >>> 40) / (float) (1 << 24);
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions();
                var session = environment.createSession(model.toBytes(), options);
                var input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(patch), new long[] {1, 32, 32});
                var results = session.run(Map.of("patches", input))) {
            float[][] answer = (float[][]) results.get(0).getValue();

            assertThat(sample.matches(answer[0])).isTrue();
            answer[0][5] += 0.01f;
            assertThat(sample.matches(answer[0])).isFalse();
        }
    }

    @Test
    void quotesValueAndLimitOfAWrongOption() {
        assertThatThrownBy(() -> siftnet.build(request.withOptions(Map.of("patch_size", "large"))))
                .hasMessage("patch_size = \"large\" is not acceptable; allowed: 5 to 256");
        assertThatThrownBy(() -> siftnet.build(request.withOptions(Map.of("mask_type", "Square"))))
                .hasMessage("mask_type = \"Square\" is not acceptable; allowed: [CircularGauss, Gauss, Uniform]");
        assertThatThrownBy(() -> siftnet.build(request.withOptions(Map.of("size", "3"))))
                .hasMessageStartingWith("no option \"size\"; there is [clipval, mask_type,");
        assertThatThrownBy(() -> siftnet.build(ModelRequest.defaults("m", ElementType.INT64)))
                .hasMessage("a model takes UINT8 or FLOAT32, not INT64");
    }
}
