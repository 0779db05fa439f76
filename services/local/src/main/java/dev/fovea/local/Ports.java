package dev.fovea.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;

/// Picks ports of the loopback address.
final class Ports {

    private Ports() {}

    /// The wanted port; or, if none is wanted, the usual one, or any free one where that is taken.
    ///
    /// @param option its name on the command line, for messages
    /// @throws IOException if a wanted port is taken
    static int choose(String option, OptionalInt wanted, int usual) throws IOException {
        if (wanted.isEmpty()) {
            return isFree(usual) ? usual : free();
        }
        int port = wanted.getAsInt();
        if (!isFree(port)) {
            throw new IOException(option + " " + port + " is in use by another program");
        }
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port that a program left a moment ago is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
