package dev.fovea.builder;

import dev.fovea.architectures.weights.WeightsException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program `fovea`, from a shell or inside another program.
///
/// Exit codes: 0 done, 1 it could not be done, 2 it was asked for wrongly, 130 interrupted. Errors are one line on
/// the error stream.
public final class FoveaProgram {

    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";
    private static final int MOST_SUGGESTIONS = 3;

    private final PrintWriter out;
    private final PrintWriter err;

    /// Writes to the process' own streams.
    public FoveaProgram() {
        this(
                new PrintWriter(System.out, true, charset(System.out)),
                new PrintWriter(System.err, true, charset(System.err)));
    }

    /// JSON must come out whole where no locale is set; UTF-8 holds ASCII.
    private static Charset charset(PrintStream stream) {
        return stream.charset().equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : stream.charset();
    }

    /// Neither writer is closed.
    public FoveaProgram(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        if (System.getProperty(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "warn");
        }
        var interruption = Interruption.guard();
        int code = new FoveaProgram().run(arguments);
        interruption.finished();
        System.exit(code);
    }

    /// Runs one command and returns the exit code; throws nothing but what a machine out of order throws.
    public int run(String... arguments) {
        IParameterExceptionHandler wrongUsage = (exception, given) -> explain(exception);
        IExecutionExceptionHandler failure = (exception, line, result) -> explain(exception, line);
        int code;
        try {
            code = CommandTree.create()
                    .setOut(out)
                    .setErr(err)
                    .setParameterExceptionHandler(wrongUsage)
                    .setExecutionExceptionHandler(failure)
                    .execute(arguments);
        } catch (OutOfMemoryError full) {
            err.println("fovea: out of memory (" + full.getMessage() + ") with a heap of "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB; JAVA_TOOL_OPTIONS=-Xmx8g gives 8 GiB");
            code = FAILED;
        }
        out.flush();
        err.flush();
        return code;
    }

    private int explain(ParameterException exception) {
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        err.println(command + ": " + oneLine(exception) + suggestions(exception) + " (try \"" + command + " --help\")");
        return WRONG_USAGE;
    }

    private int explain(Exception exception, CommandLine line) {
        if (exception instanceof InterruptedException || exception instanceof ClosedByInterruptException) {
            err.println(line.getCommandSpec().qualifiedName() + ": interrupted");
            return Interruption.EXIT_CODE;
        }
        err.println(line.getCommandSpec().qualifiedName() + ": " + oneLine(exception));
        boolean wronglyAsked =
                exception instanceof IllegalArgumentException && !(exception instanceof WeightsException);
        return wronglyAsked ? WRONG_USAGE : FAILED;
    }

    private static String suggestions(ParameterException exception) {
        if (!(exception instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        List<String> similar =
                unmatched.getSuggestions().stream().limit(MOST_SUGGESTIONS).toList();
        return similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?";
    }

    private static String oneLine(Exception exception) {
        String message =
                switch (exception) {
                    // Java's messages of these are the bare path.
                    case NoSuchFileException absent -> absent.getFile() + ": there is no such file or folder";
                    case AccessDeniedException denied -> denied.getFile() + ": permission denied";
                    case FileAlreadyExistsException present -> present.getFile() + " exists already";
                    default -> exception.getMessage();
                };
        return message == null ? exception.toString() : message.replaceAll("\\s*\\R\\s*", " ");
    }
}
