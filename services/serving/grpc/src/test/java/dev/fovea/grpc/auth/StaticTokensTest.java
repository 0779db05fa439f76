package dev.fovea.grpc.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fovea.grpc.auth.Verdict.Accepted;
import dev.fovea.grpc.auth.Verdict.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaticTokensTest {
    private static final String TOKEN = "a-token-that-is-long-enough";

    private final Path file;

    StaticTokensTest(@TempDir Path folder) {
        file = folder.resolve("tokens");
    }

    @Test
    void aTokenIsKnownAsItIsAndByItsDigest() throws IOException {
        String digest =
                HexFormat.of().formatHex(StaticTokens.sha256("another-long-token".getBytes(StandardCharsets.UTF_8)));
        StaticTokens tokens = tokens("# who may\n\nrobot read,write " + TOKEN + "\nhand read sha256:" + digest + "\n");

        assertThat(tokens.verify(TOKEN)).isEqualTo(new Accepted(new Principal("robot", Set.of("read", "write"))));
        assertThat(tokens.verify("another-long-token")).isEqualTo(new Accepted(new Principal("hand", Set.of("read"))));
        assertThat(tokens.verify("sha256:" + digest)).isInstanceOf(Refused.class);
        assertThat(tokens.verify("")).isInstanceOf(Refused.class);
    }

    @Test
    void aChangedFileHoldsAtTheNextLook() throws IOException {
        StaticTokens tokens = tokens("robot read " + TOKEN + "\n");

        Files.writeString(file, "robot read another-token-of-it\n");
        tokens.look();

        assertThat(tokens.verify(TOKEN)).isInstanceOf(Refused.class);
        assertThat(tokens.verify("another-token-of-it")).isInstanceOf(Accepted.class);
    }

    @Test
    void aBrokenOrMissingFileChangesNothing() throws IOException {
        StaticTokens tokens = tokens("robot read " + TOKEN + "\n");

        Files.writeString(file, "robot\n");
        tokens.look();
        Files.delete(file);
        tokens.look();

        assertThat(tokens.verify(TOKEN)).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "robot SECRET,line 1 has 2 words",
        "robot read SECRET,line 1: a token of 6 characters can be guessed",
        "'robot read,, SECRET-long-enough-to-be',line 1 has an empty role",
        "robot read sha256:SECRET,line 1: sha256: is not followed by 64 hexadecimal digits",
        "# nothing,which holds no token",
    })
    void aLineThatIsNoneIsToldByItsNumberAndNotQuoted(String line, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens(line))
                .withMessageStartingWith("the.key = " + file + ", " + why)
                .withMessageNotContaining("SECRET");
    }

    @Test
    void oneTokenForTwoIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens("robot read " + TOKEN + "\nhand write " + TOKEN))
                .withMessageEndingWith("line 2 has the token of a line above");
    }

    private StaticTokens tokens(String text) throws IOException {
        Files.writeString(file, text);
        return new StaticTokens("the.key", file);
    }
}
