package dev.fovea.local.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NarrationTest {

    private final List<String> said = new ArrayList<>();
    private final Narration narration = new Narration(new FoveaCommand.Narrator() {
        @Override
        public void line(String text) {
            said.add(text);
        }

        @Override
        public void status(String text) {
            said.add("status: " + text);
        }
    });
    private final PrintWriter err = new PrintWriter(narration);

    @Test
    void finishedLinesAreForTheUser() {
        err.print("a.txt: no image\n1 of 19 files left out\nand");
        err.flush();

        assertThat(said).containsExactly("a.txt: no image", "1 of 19 files left out");
        assertThat(narration.complaint()).isEmpty();
    }

    @Test
    void whatATerminalWouldDrawOverItselfIsAStatus() {
        err.print("\r3 of 9 images\u001B[K");
        err.flush();
        err.print("\r9 images in 1.0 s\u001B[K\n");
        err.flush();

        assertThat(said).containsExactly("status: 3 of 9 images", "9 images in 1.0 s");
    }

    @Test
    void anErrorIsKeptForWhoeverAskedForTheCommand() {
        err.print("fovea fit head: class a has too few images\n");
        err.flush();

        assertThat(said).isEmpty();
        assertThat(narration.complaint()).isEqualTo("fovea fit head: class a has too few images");
    }
}
