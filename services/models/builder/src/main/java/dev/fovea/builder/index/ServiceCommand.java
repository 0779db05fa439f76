package dev.fovea.builder.index;

import dev.fovea.builder.index.client.CallFailed;
import dev.fovea.builder.index.client.RetrievalClient;
import dev.fovea.builder.index.client.ServerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that calls a running service.
abstract class ServiceCommand implements Callable<Integer> {

    static final int DONE = 0;
    static final int FAILED = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public final Integer call() throws IOException, InterruptedException {
        check();
        try (RetrievalClient client = server.connect()) {
            return run(client);
        } catch (CallFailed failed) {
            if (failed.askedWrongly()) {
                throw new IllegalArgumentException(failed.getMessage(), failed);
            }
            throw failed;
        }
    }

    /// What can be refused before the service is asked.
    ///
    /// @throws IllegalArgumentException if an option is wrong
    /// @throws IOException if a file cannot be read or written
    void check() throws IOException {}

    /// Returns the exit code.
    abstract int run(RetrievalClient client) throws IOException, InterruptedException;

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
