package dev.fovea.imaging.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fovea.inference.failure.InvalidInput;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReferencesTest {

    private Path temporary;
    private Path allowed;
    private Path secret;

    @BeforeEach
    void layOutFolders(@TempDir Path folder) throws IOException {
        temporary = folder;
        allowed = Files.createDirectory(temporary.resolve("images"));
        secret = Files.createDirectory(temporary.resolve("images-secret")).resolve("key");
        Files.write(secret, new byte[] {9});
        Files.write(allowed.resolve("a photo.jpg"), new byte[] {1, 2, 3});
        Files.createSymbolicLink(allowed.resolve("escape"), secret);
        Files.createSymbolicLink(allowed.resolve("inner"), allowed.resolve("a photo.jpg"));
    }

    @Test
    void readsAFileInAnAllowedFolder() {
        assertThat(fetch(allowed.resolve("a photo.jpg").toUri()).array()).containsExactly(1, 2, 3);
    }

    @Test
    void followsALinkThatStaysInside() {
        assertThat(fetch(allowed.resolve("inner").toUri()).array()).containsExactly(1, 2, 3);
    }

    @Test
    void refusesALinkThatLeadsOut() {
        assertRefused(allowed.resolve("escape").toUri(), "REFERENCE_NOT_ALLOWED");
    }

    @Test
    void refusesAFolderWhoseNameOnlyStartsTheSame() {
        assertRefused(secret.toUri(), "REFERENCE_NOT_ALLOWED");
    }

    @Test
    void refusesAPathThatClimbsOut() {
        assertRefused(URI.create(allowed.toUri() + "../images-secret/key"), "REFERENCE_NOT_ALLOWED");
        assertRefused(URI.create(allowed.toUri() + "%2e%2e/images-secret/key"), "REFERENCE_NOT_ALLOWED");
    }

    @Test
    void doesNotTellWhatExistsElsewhere() {
        assertRefused(temporary.resolve("nothing-here").toUri(), "REFERENCE_NOT_ALLOWED");
    }

    @Test
    void saysThatAFileInsideIsMissing() {
        assertRefused(allowed.resolve("none.jpg").toUri(), "REFERENCE_NOT_FOUND");
    }

    @Test
    void refusesAFolder() {
        assertRefused(allowed.toUri(), "REFERENCE_NOT_ALLOWED");
    }

    @Test
    void refusesAnotherMachinesFile() {
        assertRefused(URI.create("file://server/share/x.jpg"), "REFERENCE_INVALID");
    }

    @Test
    void refusesMoreBytesThanTheLimit() throws IOException {
        Files.write(allowed.resolve("large"), new byte[101]);
        assertRefused(allowed.resolve("large").toUri(), "REFERENCE_TOO_LARGE");
    }

    @Test
    void refusesToStartWithoutTheFolder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReferenceFetcher(policy(temporary.resolve("missing"))).close())
                .withMessageContaining("does not exist");
    }

    private java.nio.ByteBuffer fetch(URI reference) {
        try (ReferenceFetcher fetcher = new ReferenceFetcher(policy(allowed))) {
            return fetcher.fetch(reference);
        }
    }

    private void assertRefused(URI reference, String code) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> fetch(reference))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private static FetchPolicy policy(Path folder) {
        return new FetchPolicy(
                Set.of("file"), Set.of(), Set.of(folder), Set.of(), new FetchLimits(100, Duration.ofMinutes(1), 3));
    }
}
