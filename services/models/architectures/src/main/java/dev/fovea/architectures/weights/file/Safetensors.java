package dev.fovea.architectures.weights.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.architectures.weights.bytes.ByteReader;
import dev.fovea.architectures.weights.bytes.FileBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// safetensors: the header's length (8 bytes), a JSON header of names, formats, sizes and places, then the
/// numbers.
///
/// Source: github.com/huggingface/safetensors, README ("Format") and `safetensors/src/tensor.rs`.
final class Safetensors {

    static final String METADATA = "__metadata__";
    static final long MAX_HEADER = 100_000_000;
    static final int MAX_TENSORS = 100_000;
    static final int MAX_TEXTS = 10_000;

    private static final int LENGTH_BYTES = 8;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final FileBytes file;
    private final FileBytes numbers;
    private final Map<String, String> metadata = new HashMap<>();
    private final List<SafetensorsEntry> entries = new ArrayList<>();

    private Safetensors(FileBytes file, FileBytes numbers) {
        this.file = file;
        this.numbers = numbers;
    }

    static FileContent read(FileBytes file) {
        long length;
        try (ByteReader in = ByteReader.open(file, 0)) {
            length = in.littleEndian(LENGTH_BYTES);
        }
        if (length < 0 || length > MAX_HEADER) {
            throw file.error("a safetensors header of " + Long.toUnsignedString(length) + " bytes, at most "
                    + MAX_HEADER + " are read");
        }
        FileBytes header = file.range("the safetensors header", LENGTH_BYTES, length);
        long start = LENGTH_BYTES + length;
        var reader = new Safetensors(file, file.range("numbers", start, file.size() - start));
        reader.readHeader(header);
        return new FileContent("safetensors", reader.tensors(), reader.metadata, List.of());
    }

    private void readHeader(FileBytes header) {
        try (InputStream stream = header.stream(0);
                JsonParser json = JSON.createParser(stream)) {
            expect(json.nextToken(), JsonToken.START_OBJECT, "the header");
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (name.equals(METADATA)) {
                    readMetadata(json);
                } else {
                    entries.add(SafetensorsEntry.read(name, json, file));
                }
                if (entries.size() > MAX_TENSORS) {
                    throw file.error("declares more than " + MAX_TENSORS + " tensors");
                }
            }
            expect(json.currentToken(), JsonToken.END_OBJECT, "the header's end");
            expect(json.nextToken(), null, "what follows the header's end");
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private RuntimeException unreadable(IOException e) {
        return e instanceof JacksonException json
                ? file.error("the safetensors header is no JSON: " + json.getOriginalMessage())
                : file.error("cannot be read: " + e.getMessage());
    }

    private void readMetadata(JsonParser json) throws IOException {
        expect(json.currentToken(), JsonToken.START_OBJECT, METADATA);
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            expect(json.nextToken(), JsonToken.VALUE_STRING, METADATA + " \"" + key + "\"");
            metadata.put(key, json.getText());
            if (metadata.size() > MAX_TEXTS) {
                throw file.error("carries more than " + MAX_TEXTS + " texts beside its tensors");
            }
        }
    }

    private void expect(@Nullable JsonToken found, @Nullable JsonToken wanted, String what) {
        if (found != wanted) {
            throw file.error("safetensors header: " + what + " is " + found + ", expected is " + wanted);
        }
    }

    /// The format allows neither overlaps nor holes: every byte after the header belongs to one tensor.
    private Map<String, WeightTensor> tensors() {
        entries.sort(Comparator.comparingLong(SafetensorsEntry::begin).thenComparingLong(SafetensorsEntry::end));
        Map<String, WeightTensor> tensors = new TreeMap<>();
        long end = 0;
        for (SafetensorsEntry entry : entries) {
            if (entry.begin() != end) {
                throw file.error("tensor \"" + entry.name() + "\" begins at byte " + entry.begin()
                        + " of the numbers, the one before ends at " + end);
            }
            end = entry.end();
            tensors.put(entry.name(), entry.tensor(numbers));
        }
        if (end != numbers.size()) {
            throw file.error("its tensors end at byte " + end + " of the numbers, there are " + numbers.size());
        }
        return tensors;
    }
}
