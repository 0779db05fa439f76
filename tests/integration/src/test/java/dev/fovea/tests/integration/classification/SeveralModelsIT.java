package dev.fovea.tests.integration.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.tests.contract.service.EventLoad;
import dev.fovea.tests.contract.service.ModelOffer;
import dev.fovea.tests.contract.service.ServiceUnderTest;
import dev.fovea.tests.contract.service.SeveralModelsContract;
import dev.fovea.tests.integration.Models;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A fitted classifier, a bilinear network in two versions and an S3N at once.
class SeveralModelsIT extends SeveralModelsContract {

    private static final ModelOffer S3N = new ModelOffer("looker", 1, "SEEDED");

    @Override
    protected ServiceUnderTest service() {
        return new ClassificationUnderTest();
    }

    @Override
    protected List<ModelOffer> offers() {
        return List.of(
                new ModelOffer("textures", 1, "FITTED"),
                new ModelOffer("small", 1, "SEEDED"),
                new ModelOffer("small", 2, "SEEDED"),
                S3N);
    }

    @Override
    protected ModelOffer byDefault() {
        return S3N;
    }

    @Override
    protected void buildModels(Path repository) {
        ClassificationUnderTest.buildSmall(repository, "--name=small", "--classes=12", "--seeded=one");
        ClassificationUnderTest.buildSmall(repository, "--name=small", "--version=2", "--classes=9", "--seeded=two");
        Models.build(
                repository,
                "s3n",
                "--name=looker",
                "--trunk=resnet18",
                "--image-size=64",
                "--classes=7",
                "--seeded=three");
        Path textures = textures(repository.resolveSibling("textures"));
        Models.fitHead(
                repository, "sift-bilinear", "--name=textures", "--option=image_size=64", "--images=" + textures);
    }

    /// Two classes of eight images each.
    private static Path textures(Path folder) {
        try {
            for (int label = 0; label < 2; label++) {
                Path ofClass = Files.createDirectories(folder.resolve("texture-" + label));
                List<byte[]> images = EventLoad.images(100L * label);
                for (int i = 0; i < images.size(); i++) {
                    Files.write(ofClass.resolve(i + ".jpg"), images.get(i));
                }
            }
            return folder;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("fovea.models.default", "looker", "fovea.models.load", "small,small@1,textures");
    }

    @ParameterizedTest(name = "{0}@{1}: {2} classes")
    @CsvSource({"textures, 1, 2", "small, 1, 12", "small, 2, 9", "looker, 1, 7"})
    void eachModelAnswersWithItsClasses(String name, int version, int classes) {
        assertThat(ask(name, version).numbers().remaining()).isEqualTo(classes);
    }
}
