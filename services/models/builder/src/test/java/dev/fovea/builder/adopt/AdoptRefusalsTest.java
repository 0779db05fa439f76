package dev.fovea.builder.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.builder.FoveaProgram;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.shape.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdoptRefusalsTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter err = new StringWriter();

    /// Of a file float32 (n, 3, h, w) to `features` and `logits` of 3 classes.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--task=retrieval --size=8 --mean=half | 1 | it has the outputs [features, logits]; --output says",
                "--task=retrieval --output=logits --mean=half | 1 | is (n, 3, h, w): its size is open, --size says it",
                "--task=retrieval --output=logits --size=8 | 1 | --mean is missing: what does the network see of a pixel",
                "--task=retrieval --output=logits --size=8 --mean=0.5 | 1 | --std is missing beside --mean 0.5",
                "--task=retrieval --output=logits --size=8 --mean=half --head=gem | 1 | value logits is (N, [3]), --head gem pools maps",
                "--task=retrieval --output=features --size=8 --mean=half | 1 | value features is (N, [4, 8, 8]), the answer must be one vector",
                "--task=retrieval --output=nothing --size=8 --mean=half | 1 | nothing",
                "--task=retrieval --output=logits --size=8 --mean=half --layout=NHWC | 1 | input input is (n, 3, h, w)",
                "--task=patch-description --output=logits --size=8 --mean=half | 1 | says where its 1 channels are",
                "--task=classification --output=logits --size=8 --mean=half | 2 | --labels is missing: classification needs",
                "--task=retrieval --output=logits --size=8 --mean=a | 2 | --mean a is neither one nor three numbers nor one of imagenet",
                "--task=retrieval --output=logits --size=8 --mean=1,2 --std=1 | 2 | --mean 1,2 is neither one nor three",
                "--task=retrieval --output=logits --size=8x --mean=half | 2 | --size 8x is neither a side, 224, nor 320x240",
                "--task=retrieval --output=logits --size=8 --mean=half --resize=crop | 2 | --resize crop is not one of stretch",
                "--task=retrieval --output=logits --size=8 --mean=half --resize=pad:x | 2 | --resize pad:x is not one of stretch",
                "--task=retrieval --output=logits --size=8 --mean=half --head=gap7 | 2 | is not one of [gap, spoc",
                "--task=detection --output=logits | 2 | is not one of [classification, retrieval, patch-description]",
                "--output=logits | 2 | Missing required option: '--task=TASK'",
            })
    void whatDoesNotFitIsSaidInOneLine(String options, int code, String message) throws IOException {
        assertThat(adopt(ForeignFiles.classifier(), options.split(" "))).isEqualTo(code);

        assertThat(err.toString().lines()).singleElement().asString().contains(message);
        assertThat(folder.resolve("repository")).doesNotExist();
    }

    @Test
    void labelsMustBeAsManyAsScores() throws IOException {
        Path labels = Files.write(folder.resolve("labels.txt"), List.of("owl", "parrot"));

        int code = adopt(
                ForeignFiles.classifier(),
                "--task=classification",
                "--labels=" + labels,
                "--output=logits",
                "--size=8",
                "--mean=half");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("foreign.onnx: output logits has 3 scores, the labels are 2");
    }

    @Test
    void oneInputIsFilled() throws IOException {
        assertThat(adopt(ForeignFiles.adding(), "--task=retrieval", "--mean=half"))
                .isEqualTo(1);

        assertThat(err.toString()).contains("it has 2 inputs [left, right]; exactly one can be filled");
    }

    @Test
    void inputsThatAreNoImagesAreRefused() throws IOException {
        assertThat(adopt(ForeignFiles.doubling(DataType.INT64, Shape.batchOf(3, 8, 8)), "--task=retrieval"))
                .isEqualTo(1);
        assertThat(adopt(ForeignFiles.doubling(DataType.FLOAT32, Shape.batchOf(8)), "--task=retrieval"))
                .isEqualTo(1);
        assertThat(adopt(
                        ForeignFiles.doubling(DataType.FLOAT32, ForeignFiles.open("n", "a", "b", "c")),
                        "--task=retrieval"))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("input input is INT64, an image input is one of"),
                        second -> assertThat(second).contains("input input is (N, 8), an image input has 4 dimensions"),
                        third -> assertThat(third).contains("--layout NCHW or NHWC says where its 3 channels are"));
    }

    @Test
    void bytesAreNotNormalisedTwice() throws IOException {
        byte[] file = ForeignFiles.doubling(DataType.UINT8, Shape.batchOf(8, 8, 3));

        assertThat(adopt(file, "--task=retrieval", "--mean=half")).isEqualTo(1);
        assertThat(err.toString()).contains("takes bytes already", "--mean and --std would do it twice");
    }

    @Test
    void whatIsNoModelIsRefused() throws IOException {
        assertThat(adopt("a text".getBytes(StandardCharsets.UTF_8), "--task=retrieval"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("foreign.onnx: not an ONNX file");
    }

    @Test
    void anExistingVersionIsKept() throws IOException {
        String[] options = {"--task=retrieval", "--output=logits", "--size=8", "--mean=half"};

        assertThat(adopt(ForeignFiles.classifier(), options)).as(err.toString()).isZero();
        assertThat(adopt(ForeignFiles.classifier(), options)).isEqualTo(1);
        assertThat(err.toString()).contains("foreign@1 exists already", "(--force replaces it)");
    }

    private int adopt(byte[] file, String... options) throws IOException {
        Path onnx = Files.write(folder.resolve("foreign.onnx"), file);
        List<String> words = new ArrayList<>(
                List.of("models", "adopt", onnx.toString(), "--repository=" + folder.resolve("repository")));
        words.addAll(List.of(options));
        return new FoveaProgram(new PrintWriter(new StringWriter()), new PrintWriter(err))
                .run(words.toArray(String[]::new));
    }
}
