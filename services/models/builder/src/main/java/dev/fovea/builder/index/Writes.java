package dev.fovea.builder.index;

import dev.fovea.builder.index.client.CallFailed;
import dev.fovea.builder.index.client.Repeats;
import dev.fovea.builder.index.client.RetrievalClient;
import dev.fovea.builder.index.client.Window;
import dev.fovea.builder.terminal.Progress;
import dev.fovea.proto.v1.UpsertRequest;
import java.io.IOException;
import java.io.PrintWriter;

/// Sends many upserts, a bounded number at once, and keeps account. One image that is refused stops nothing; a service
/// that is gone or refuses all does.
final class Writes {

    private final RetrievalClient client;
    private final Repeats repeats;
    private final int parallel;

    Writes(RetrievalClient client, WriteOptions options) {
        this.client = client;
        this.repeats = options.repeats();
        this.parallel = options.parallel();
    }

    /// An image to be written.
    interface Write {

        /// For the list of refusals.
        String name();

        /// Made when its turn comes, so that few are in memory.
        ///
        /// @throws IOException if it cannot be made, which is this image's refusal
        UpsertRequest request() throws IOException, InterruptedException;
    }

    /// @param subject what is counted, for the progress: `images indexed`
    /// @param total how many there will be, 0 if not known
    /// @throws IOException if the source fails, or a call does in a way that concerns every image
    Account run(Window.Source<? extends Write> source, String subject, long total, PrintWriter err)
            throws IOException, InterruptedException {
        var account = new Account();
        try (var progress = Progress.start(err, subject, total)) {
            Window.run(source, parallel, write -> {
                write(write, account);
                progress.advance();
            });
        } catch (CallFailed failed) {
            throw new IOException("stopped after " + account.written() + " images: " + failed.getMessage(), failed);
        }
        return account;
    }

    private void write(Write write, Account account) throws IOException, InterruptedException {
        try {
            UpsertRequest request = write.request();
            account.count(
                    repeats.run(() -> client.call(stub -> stub.upsert(request))).getOutcome());
        } catch (CallFailed failed) {
            if (failed.concernsAll()) {
                throw failed;
            }
            account.refuse(write.name(), String.valueOf(failed.getMessage()));
        } catch (IOException unreadable) {
            account.refuse(write.name(), "unreadable: " + unreadable.getMessage());
        }
    }
}
