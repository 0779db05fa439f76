package dev.fovea.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Picks ports of the loopback address, no two alike.
///
/// @param chosen by option
record Ports(Map<String, Integer> chosen) {

    Ports {
        chosen = Map.copyOf(chosen);
    }

    /// Those that are wanted first, so that no other gets them.
    ///
    /// @throws IOException if a wanted port is taken, or wanted twice
    static Ports choose(List<PortChoice> choices) throws IOException {
        Map<String, Integer> chosen = new HashMap<>();
        for (PortChoice choice : choices) {
            if (choice.wanted().isPresent()) {
                chosen.put(choice.option(), wanted(choice, chosen));
            }
        }
        for (PortChoice choice : choices) {
            if (choice.wanted().isEmpty()) {
                chosen.put(choice.option(), usualOrFree(choice.usual(), chosen));
            }
        }
        return new Ports(chosen);
    }

    int of(PortChoice choice) {
        return Objects.requireNonNull(chosen.get(choice.option()), choice::option);
    }

    private static int wanted(PortChoice choice, Map<String, Integer> chosen) throws IOException {
        int port = choice.wanted().getAsInt();
        for (Map.Entry<String, Integer> other : chosen.entrySet()) {
            if (other.getValue() == port) {
                throw new IOException(choice.option() + " " + port + " is that of " + other.getKey());
            }
        }
        if (!isFree(port)) {
            throw new IOException(choice.option() + " " + port + " is in use by another program");
        }
        return port;
    }

    private static int usualOrFree(int usual, Map<String, Integer> chosen) throws IOException {
        int port = usual;
        while (chosen.containsValue(port) || !isFree(port)) {
            port = free();
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
