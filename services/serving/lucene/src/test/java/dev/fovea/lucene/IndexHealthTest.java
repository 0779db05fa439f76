package dev.fovea.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.inference.failure.Unavailable;
import java.nio.file.FileStore;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

class IndexHealthTest {

    @Test
    void aFullDiskRefusesWritesUntilThereIsRoomAndTakesNoReadAway() throws Exception {
        var usable = new AtomicLong(100);
        try (var directory = new ByteBuffersDirectory();
                var writer = new IndexWriter(directory, new IndexWriterConfig())) {
            var health = new IndexHealth("images", writer, new Disk(usable), 100);
            assertThatCode(health::requireWritable).doesNotThrowAnyException();

            usable.set(99);
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(health::requireWritable)
                    .withMessage("the disk of collection images is full: 99 bytes are free, 100 are reserved; writes"
                            + " are refused until there is room");
            assertThat(health.problem()).isEmpty();
            assertThatCode(health::requireOpen).doesNotThrowAnyException();

            usable.set(101);
            assertThatCode(health::requireWritable).doesNotThrowAnyException();
        }
    }

    private static final class Disk extends FileStore {

        private final AtomicLong usable;

        private Disk(AtomicLong usable) {
            this.usable = usable;
        }

        @Override
        public long getUsableSpace() {
            return usable.get();
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public String type() {
            return "test";
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public long getTotalSpace() {
            return Long.MAX_VALUE;
        }

        @Override
        public long getUnallocatedSpace() {
            return usable.get();
        }

        @Override
        public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
            return false;
        }

        @Override
        public boolean supportsFileAttributeView(String name) {
            return false;
        }

        @Override
        public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> type) {
            throw new UnsupportedOperationException("the test asks for no attributes");
        }

        @Override
        public Object getAttribute(String attribute) {
            throw new UnsupportedOperationException("the test asks for no attributes");
        }
    }
}
