import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Ends with 0 if the service of this container answers `GET /q/health/ready` with 200 within two seconds, else with 1:
/// `java Probe [PORT]`. Plain sockets: an HTTP client would take longer to start than the answer takes.
public final class Probe {

    private static final int MILLISECONDS = 2_000;

    private Probe() {}

    public static void main(String[] arguments) {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8080;
        System.exit(ready(port) ? 0 : 1);
    }

    private static boolean ready(int port) {
        String request = "GET /q/health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n";
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLISECONDS);
            socket.setSoTimeout(MILLISECONDS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return status.endsWith(" 200");
        } catch (IOException unanswered) {
            return false;
        }
    }
}
