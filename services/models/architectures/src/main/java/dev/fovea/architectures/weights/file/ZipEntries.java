package dev.fovea.architectures.weights.file;

import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.architectures.weights.bytes.ByteReader;
import dev.fovea.architectures.weights.bytes.Bytes;
import dev.fovea.architectures.weights.bytes.FileBytes;
import dev.fovea.architectures.weights.bytes.InflatedBytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The entries of a zip archive, by its central directory, each checked against the file.
///
/// The JDK's reader tells no entry's place in the file; nor does it refuse entries that share bytes, or
/// bound what one inflates to. Source: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5.
final class ZipEntries {

    static final int MAX_ENTRIES = 100_000;
    /// Weights hardly shrink; deflate's own bound is 1032.
    static final int MAX_RATIO = 100;

    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;
    private static final long CENTRAL_HEADER = 0x02014B50L;
    private static final long LOCAL_HEADER = 0x04034B50L;

    private final FileBytes file;
    private final Map<String, Bytes> entries = new HashMap<>();

    private ZipEntries(FileBytes file) {
        this.file = file;
    }

    /// @return content by name
    /// @throws WeightsException if the archive is damaged, or made to deceive
    static Map<String, Bytes> read(FileBytes file) {
        var zip = new ZipEntries(file);
        ZipEnd end = ZipEnd.find(file);
        List<ZipHeader> headers = zip.directory(end);
        headers.sort(Comparator.comparingLong(ZipHeader::local));
        FileBytes before = file.range("what comes before the zip archive's directory", 0, end.start());
        try (ByteReader in = ByteReader.open(before, 0)) {
            headers.forEach(header -> zip.add(header, before, in));
        }
        return zip.entries;
    }

    private List<ZipHeader> directory(ZipEnd end) {
        if (end.entries() > MAX_ENTRIES) {
            throw file.error("zip archive of " + end.entries() + " entries, at most " + MAX_ENTRIES + " are read");
        }
        List<ZipHeader> headers = new ArrayList<>();
        FileBytes directory = file.range("the zip archive's directory", end.start(), end.size());
        try (ByteReader in = ByteReader.open(directory, 0)) {
            for (long i = 0; i < end.entries(); i++) {
                headers.add(ZipHeader.read(in, CENTRAL_HEADER));
            }
        }
        return headers;
    }

    /// @param in somewhere before the entry, or it shares bytes with the entry before it; left behind it
    private void add(ZipHeader header, FileBytes before, ByteReader in) {
        String entry = "zip entry \"" + header.name() + "\"";
        if (header.local() < in.position()) {
            throw file.error(entry + " shares bytes with another, which ends at byte " + in.position());
        }
        in.skip(header.local() - in.position());
        skipLocalHeader(header, in);
        FileBytes content = before.range(entry, in.position(), header.compressed());
        in.skip(content.size());
        if (entries.put(header.name(), content(header, content)) != null) {
            throw file.error(entry + " is there twice");
        }
    }

    /// The local header repeats the name; what it says of sizes is not read (PyTorch leaves zeros there).
    private void skipLocalHeader(ZipHeader header, ByteReader in) {
        if (in.littleEndian(4) != LOCAL_HEADER) {
            throw file.error("zip entry \"" + header.name() + "\" has no header at byte " + header.local());
        }
        in.skip(22);
        int nameLength = (int) in.littleEndian(2);
        int extraLength = (int) in.littleEndian(2);
        String name = in.text(nameLength);
        if (!name.equals(header.name())) {
            throw file.error("zip entry \"" + header.name() + "\" is called \"" + name + "\" in its header");
        }
        in.skip(extraLength);
    }

    private Bytes content(ZipHeader header, FileBytes content) {
        if ((header.flags() & ENCRYPTED) != 0) {
            throw file.error("zip entry \"" + header.name() + "\" is encrypted");
        }
        if (header.method() == STORED && header.size() == content.size()) {
            return content;
        }
        if (header.method() != DEFLATED) {
            throw file.error("zip entry \"" + header.name() + "\": method " + header.method() + ", "
                    + header.compressed() + " bytes for " + header.size() + "; stored or deflated entries are read");
        }
        if (header.size() / MAX_RATIO > header.compressed()) {
            throw file.error("zip entry \"" + header.name() + "\" inflates from " + header.compressed() + " to "
                    + header.size() + " bytes, at most " + MAX_RATIO + " times as many are read");
        }
        return new InflatedBytes(content, header.size());
    }
}
