package dev.fovea.vectorindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CollectionSpecTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../images", "a/b", "/images", ".images", "Images", "1images", "images\n"})
    void refusesANameThatIsNoFolderOfItsOwn(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> named(name)).withMessageContaining("\"" + name + "\"");
    }

    @Test
    void takesSixtyFourCharacters() {
        String name = "a" + "-_9".repeat(21);

        assertThat(named(name).name()).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> named(name + "x"));
    }

    private static CollectionSpec named(String name) {
        return new CollectionSpec(name, "gem@1", 2, VectorStorage.FLOAT32, Map.of());
    }
}
