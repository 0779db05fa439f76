package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.local.scene.SampleScenes;
import dev.fovea.local.training.LabelledFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendingTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void ofLabelledImagesThoseHeldOutAreSentAndTheirFoldersAreTheTruth() throws IOException {
        for (int i = 0; i < 5; i++) {
            write("rose/" + i + ".jpg");
            write("tulip/" + i + ".jpg");
        }

        Sending sending = Sending.heldOut(LabelledFolder.of(folder));

        assertThat(sending.images().images()).extracting(ImageFile::series).containsExactly("rose", "tulip");
        assertThat(sending.images().images())
                .allSatisfy(
                        image -> assertThat(sending.truths().of(image.key())).contains(image.series()));
    }

    @Test
    void labelsWithoutAnImageToSendAreRefused() throws IOException {
        for (int i = 0; i < 5; i++) {
            write("rose/" + i + ".txt");
            write("tulip/" + i + ".txt");
        }
        LabelledFolder labels = LabelledFolder.of(folder);

        assertThatThrownBy(() -> Sending.heldOut(labels)).hasMessageContaining("leaves no images to send");
    }

    @Test
    void theTruthOfASceneIsItsTexture() throws IOException {
        write("brick-wall/view-1.jpg");
        write("mosaic/view-6.jpg");
        write("somebody-elses/view-1.jpg");

        Truths truths = Sending.samples(new SampleScenes(folder, folder.resolve("queries"), 7))
                .truths();

        assertThat(truths.of("brick-wall/view-1.jpg")).contains("stretcher-bond");
        assertThat(truths.of("mosaic/view-6.jpg")).contains("mosaic");
        assertThat(truths.of("somebody-elses/view-1.jpg")).isEmpty();
    }

    @Test
    void ofImagesOfTheUsersOwnNothingIsKnown() throws IOException {
        write("rose/1.jpg");

        assertThat(Sending.of(folder).truths().classes()).isEmpty();
    }

    private void write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {1});
    }
}
