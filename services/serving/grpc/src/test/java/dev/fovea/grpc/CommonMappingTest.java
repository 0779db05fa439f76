package dev.fovea.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.proto.v1.ImageInput;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommonMappingTest {
    @Test
    void anImageIsItsContentOrItsReference() {
        var content = ImageInput.newBuilder()
                .setContent(ByteString.copyFromUtf8("jpeg"))
                .build();
        var reference =
                ImageInput.newBuilder().setUri("https://example.com/a.jpg").build();

        assertThat(ImageInputMapping.source(content))
                .isEqualTo(new ImageSource.Content(ByteBuffer.wrap("jpeg".getBytes(StandardCharsets.UTF_8))));
        assertThat(ImageInputMapping.source(reference))
                .isEqualTo(new ImageSource.Reference(URI.create("https://example.com/a.jpg")));
    }

    @Test
    void anImageWithoutEitherIsRefused() {
        assertThatThrownBy(() -> ImageInputMapping.source(ImageInput.getDefaultInstance()))
                .isInstanceOfSatisfying(InvalidInput.class, invalid -> assertThat(invalid.code())
                        .isEqualTo("IMAGE_MISSING"));
    }

    @Test
    void aReferenceThatIsNoUriIsQuoted() {
        var input = ImageInput.newBuilder().setUri("ht tp://x").build();

        assertThatThrownBy(() -> ImageInputMapping.source(input))
                .isInstanceOfSatisfying(InvalidInput.class, invalid -> assertThat(invalid.value())
                        .isEqualTo("ht tp://x"));
    }

    @Test
    void aModelRefKeepsNameAndVersion() {
        var message = dev.fovea.proto.v1.ModelRef.newBuilder()
                .setName("siftnet")
                .setVersion(3)
                .build();

        assertThat(ModelMapping.ref(message)).isEqualTo(new ModelRef("siftnet", 3));
        assertThat(ModelMapping.ref(dev.fovea.proto.v1.ModelRef.getDefaultInstance()))
                .isEqualTo(ModelRef.DEFAULT);
    }

    @Test
    void aNegativeModelVersionIsRefused() {
        var message = dev.fovea.proto.v1.ModelRef.newBuilder().setVersion(-1).build();

        assertThatThrownBy(() -> ModelMapping.ref(message))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("-1");
    }

    @Test
    void theIdentityOfAModelTravelsWithItsDigest() {
        var message = ModelMapping.identity(new ModelIdentity("siftnet", 3, "sha256:00"));

        assertThat(message.getName()).isEqualTo("siftnet");
        assertThat(message.getVersion()).isEqualTo(3);
        assertThat(message.getDigest()).isEqualTo("sha256:00");
    }

    @Test
    void aModelThatIsNotLoadedIsListedByNameVersionAndState() {
        var loading = new LoadingModel();

        var served = ModelMapping.served(loading, new Models(() -> List.of(loading), "siftnet"));

        assertThat(served.getIdentity().getName()).isEqualTo("siftnet");
        assertThat(served.getIdentity().getVersion()).isEqualTo(3);
        assertThat(served.getIdentity().getDigest()).isEmpty();
        assertThat(served.getState()).isEqualTo("LOADING");
        assertThat(served.getInstances()).isEqualTo(2);
    }

    @Test
    void timingsTravelInMicroseconds() {
        var message = TimingsMapping.timings(new StageTimings(1_999, 2_000, 3_000, 4_000, 5_000, 32));

        assertThat(message.getDecodeMicros()).isEqualTo(1);
        assertThat(message.getPreprocessMicros()).isEqualTo(2);
        assertThat(message.getBatchMicros()).isEqualTo(3);
        assertThat(message.getInferMicros()).isEqualTo(4);
        assertThat(message.getPostprocessMicros()).isEqualTo(5);
        assertThat(message.getBatchSize()).isEqualTo(32);
    }
}
