package dev.fovea.builder.fit;

import dev.fovea.builder.FoveaProgram;
import java.io.PrintWriter;
import java.io.StringWriter;

/// What one run of the program said and how it ended.
record Shell(int code, String out, String err) {

    static Shell fovea(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = new FoveaProgram(new PrintWriter(out, true), new PrintWriter(err, true)).run(arguments);
        return new Shell(code, out.toString(), err.toString());
    }
}
