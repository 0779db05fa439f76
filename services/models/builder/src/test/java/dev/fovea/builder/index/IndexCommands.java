package dev.fovea.builder.index;

import dev.fovea.builder.FoveaProgram;
import dev.fovea.proto.v1.Collection;
import dev.fovea.proto.v1.FieldType;
import dev.fovea.proto.v1.ModelIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/// Runs `fovea index …` against a service of the test's own, and keeps what was printed.
final class IndexCommands implements AutoCloseable {

    static final Collection IMAGES =
            collection("images", "a").setIsDefault(true).build();
    static final Collection COPY = collection("copy", "a").build();
    static final Collection OTHER_MODEL = collection("other", "b").build();

    final StubbedRetrieval service;
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    IndexCommands() throws IOException {
        service = new StubbedRetrieval(IMAGES, COPY, OTHER_MODEL);
    }

    static Collection.Builder collection(String name, String model) {
        return Collection.newBuilder()
                .setName(name)
                .setModel(ModelIdentity.newBuilder()
                        .setName("gem-" + model)
                        .setVersion(1)
                        .setDigest("sha256:" + model))
                .setDimension(2)
                .setEngine("lucene")
                .setStorage("float32")
                .setBytes(6000)
                .putFields("price", FieldType.FIELD_TYPE_NUMBER)
                .putFields("kind", FieldType.FIELD_TYPE_TEXT)
                .putFields("taken", FieldType.FIELD_TYPE_TIME);
    }

    int run(String... arguments) {
        List<String> words = new ArrayList<>(List.of("index"));
        words.addAll(List.of(arguments));
        words.addAll(List.of("--server", service.address()));
        return bare(words.toArray(String[]::new));
    }

    int bare(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new FoveaProgram(new PrintWriter(out), new PrintWriter(err)).run(words);
    }

    @Override
    public void close() {
        service.close();
    }
}
