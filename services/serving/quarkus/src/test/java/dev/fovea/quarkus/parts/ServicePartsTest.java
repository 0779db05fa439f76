package dev.fovea.quarkus.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServicePartsTest {

    private final List<String> closed = new ArrayList<>();

    @Test
    void everyPartIsClosedThoughOneFails() {
        new ServiceParts(List.of(new Part("index", true), new Part("cache", false))).close();

        assertThat(closed).containsExactly("index", "cache");
    }

    private final class Part implements ServicePart {

        private final String name;
        private final boolean fails;

        private Part(String name, boolean fails) {
            this.name = name;
            this.fails = fails;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }

        @Override
        public void close() {
            closed.add(name);
            if (fails) {
                throw new IllegalStateException("the disk is gone");
            }
        }
    }
}
