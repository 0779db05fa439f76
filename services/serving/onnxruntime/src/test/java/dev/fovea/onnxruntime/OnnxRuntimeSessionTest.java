package dev.fovea.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxRuntimeSessionTest {

    private final OnnxRuntimeLoader loader = new OnnxRuntimeLoader(List.of(Cpu.withThreads(1)));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path root;

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,4", "4,4", "5,8", "8,8"})
    void runsAtTheSmallestBucketThatHoldsTheRows(int rows, int bucket) throws Exception {
        try (ModelSession session = loader.load(TinyModels.doubling(root, 1, 2, 4, 8))) {
            BatchBuffers batch = session.newBuffers();
            for (int i = 0; i < rows * 4; i++) {
                batch.input().floats().put(i, i + 1);
            }

            assertThat(session.run(batch, rows)).isEqualTo(bucket);

            for (int row = 0; row < rows; row++) {
                int first = 4 * row + 1;
                assertThat(batch.outputs().getFirst().row(row))
                        .containsExactly(2 * first, 2 * first + 2, 2 * first + 4, 2 * first + 6);
            }
        }
    }

    @Test
    void padsWithZerosWhateverTheLastBatchLeftBehind() throws Exception {
        try (ModelSession session = loader.load(TinyModels.columnMaximum(root, 4))) {
            BatchBuffers batch = session.newBuffers();
            for (int i = 0; i < 16; i++) {
                batch.input().floats().put(i, 1000);
            }
            session.run(batch, 4);
            batch.input().floats().put(0, new float[] {1, -2, 3, -4});

            session.run(batch, 1);

            assertThat(batch.outputs().getFirst().row(0)).containsExactly(2, -2, 6, -4);
        }
    }

    @Test
    void keepsSeveralBuffersApart() throws Exception {
        try (ModelSession session = loader.load(TinyModels.doubling(root, 1))) {
            BatchBuffers first = session.newBuffers();
            BatchBuffers second = session.newBuffers();
            first.input().floats().put(0, 5);
            second.input().floats().put(0, 7);

            session.run(first, 1);
            session.run(second, 1);

            assertThat(first.outputs().getFirst().row(0)[0]).isEqualTo(10);
            assertThat(second.outputs().getFirst().row(0)[0]).isEqualTo(14);
        }
    }

    @Test
    void carriesBytesAndHalfPrecisionAndSeveralOutputs() throws Exception {
        try (ModelSession session = loader.load(TinyModels.bytesToFloats(root, 2))) {
            BatchBuffers batch = session.newBuffers();
            batch.input().bytes().put(new byte[] {0, 1, (byte) 200, (byte) 255});

            session.run(batch, 1);

            assertThat(batch.outputs().get(1).row(0)).containsExactly(0, 1, 200, 255);
            var half = batch.outputs()
                    .getFirst()
                    .bytes()
                    .order(ByteOrder.nativeOrder())
                    .asShortBuffer();
            assertThat(List.of(half.get(0), half.get(1), half.get(2), half.get(3)))
                    .extracting(Float::float16ToFloat)
                    .containsExactly(0f, 1f, 200f, 255f);
        }
    }

    @Test
    void staysUsableAfterAFailedRun() throws Exception {
        try (ModelSession session = loader.load(TinyModels.lookup(root, 1, 2))) {
            BatchBuffers batch = session.newBuffers();
            batch.input().bytes().asLongBuffer().put(0, 9).put(1, 2);

            assertThatThrownBy(() -> session.run(batch, 2))
                    .isInstanceOfSatisfying(SessionException.class, failed -> assertThat(failed.fatal())
                            .isFalse())
                    .hasMessageContaining("model tiny@1 failed on a batch of 2 rows")
                    .hasMessageContaining("idx=9");

            batch.input().bytes().asLongBuffer().put(0, 3);
            session.run(batch, 2);
            assertThat(batch.outputs().getFirst().row(0)).containsExactly(13);
            assertThat(batch.outputs().getFirst().row(1)).containsExactly(12);
        }
    }

    @Test
    void refusesMoreRowsThanTheLargestBucketAndFewerThanOne() throws Exception {
        try (ModelSession session = loader.load(TinyModels.doubling(root, 1, 4))) {
            BatchBuffers batch = session.newBuffers();
            assertThatThrownBy(() -> session.run(batch, 5))
                    .hasMessageContaining("5 rows is above the largest bucket 4");
            assertThatThrownBy(() -> session.run(batch, 0)).hasMessageContaining("0 rows; at least 1");
        }
    }

    @Test
    void refusesBuffersOfAnotherSession() throws Exception {
        var model = TinyModels.doubling(root, 1);
        try (ModelSession one = loader.load(model);
                ModelSession other = loader.load(model)) {
            BatchBuffers foreign = other.newBuffers();
            assertThatThrownBy(() -> one.run(foreign, 1)).hasMessageContaining("not from this session");
        }
    }

    @Test
    void belongsToTheThreadThatLoadedIt() throws Exception {
        try (ModelSession session = loader.load(TinyModels.doubling(root, 1))) {
            BatchBuffers batch = session.newBuffers();
            var elsewhere = CompletableFuture.supplyAsync(() -> {
                try {
                    return session.run(batch, 1);
                } catch (SessionException failed) {
                    throw new IllegalArgumentException(failed);
                }
            });
            assertThatThrownBy(elsewhere::join)
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining(
                            "belongs to thread " + Thread.currentThread().getName());
        }
    }

    @Nested
    class WithOutputsThatExplain {

        private static final int COPIES = 1 << 20;
        private static final int ROWS = 4;
        private static final long EXPLANATION_BYTES = (long) ROWS * COPIES * Float.BYTES;

        @Test
        void theirMemoryComesWithTheFirstRunThatAsksForThemAndStays() throws Exception {
            try (ModelSession session = loader.load(TinyModels.explained(root, COPIES, 1, ROWS))) {
                long before = directBytes();
                BatchBuffers batch = session.newBuffers();
                for (int rows = 1; rows <= ROWS; rows++) {
                    session.run(batch, rows);
                }
                assertThat(directBytes() - before).isLessThan(EXPLANATION_BYTES);
                assertThat(batch.outputs()).hasSize(1);

                session.run(batch, 1, OutputSet.ALL);
                Tensor explanation = batch.outputs().get(1);
                assertThat(explanation.sizeBytes()).isEqualTo(EXPLANATION_BYTES);
                session.run(batch, 1);
                session.run(batch, ROWS, OutputSet.ALL);

                assertThat(batch.outputs().get(1)).isSameAs(explanation);
            }
        }

        @Test
        void aRunThatDoesNotAskForThemLeavesTheirMemoryAlone() throws Exception {
            try (ModelSession session = loader.load(TinyModels.explained(root, 3, 1, 2))) {
                BatchBuffers batch = session.newBuffers();
                batch.input().floats().put(0, 5);
                session.run(batch, 1, OutputSet.ALL);
                Tensor explanation = batch.outputs().get(1);
                batch.input().floats().put(0, 7);

                session.run(batch, 1);

                assertThat(batch.outputs()).hasSize(1);
                assertThat(batch.outputs().getFirst().row(0)).containsExactly(14);
                assertThat(explanation.row(0)).containsExactly(5, 5, 5);
            }
        }

        @Test
        void noMemoryForThemFailsTheRunAndNotTheSession() throws Exception {
            String printed = new ChildJvm(root)
                    .run(ShortMemoryProbe.class, List.of("-XX:MaxDirectMemorySize=16m"), root.toString());

            assertThat(printed.lines())
                    .satisfiesExactly(
                            failure -> assertThat(failure)
                                    .startsWith("no memory for the outputs of model tiny@1 that explain,"
                                            + " 33554432 bytes for 1 rows: ")
                                    .endsWith("; fatal: false"),
                            answer -> assertThat(answer).isEqualTo("14.0"));
        }

        private static long directBytes() {
            return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
        }
    }

    @Test
    void closesTheTensorsOfEveryBucket() throws Exception {
        ModelSession session = loader.load(TinyModels.explained(root, 3, 1, 2));
        var batch = (PinnedBuffers) session.newBuffers();
        List<OnnxTensor> tensors = Stream.of(
                        batch.inputs(1), batch.inputs(2), batch.fetch(OutputSet.ALL, 1), batch.fetch(OutputSet.ALL, 2))
                .flatMap(pinned -> pinned.values().stream())
                .toList();

        session.close();

        assertThat(tensors).hasSize(6).allMatch(OnnxTensor::isClosed);
    }

    @Test
    void refusesWorkOnceClosedAndClosesTwiceWithoutHarm() throws Exception {
        ModelSession session = loader.load(TinyModels.doubling(root, 1));
        BatchBuffers batch = session.newBuffers();
        session.close();
        session.close();

        assertThatThrownBy(() -> session.run(batch, 1)).hasMessageContaining("is closed");
        assertThatThrownBy(session::newBuffers).hasMessageContaining("is closed");
    }
}
