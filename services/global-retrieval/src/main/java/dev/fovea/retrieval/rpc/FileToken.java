package dev.fovea.retrieval.rpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors.CheckedForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Sends the token in a file with each call, as it is then: tokens are renewed while a process runs. While the file
/// holds none, calls end with UNAVAILABLE and are not sent.
final class FileToken implements ClientInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    private final Path file;

    FileToken(Path file) {
        this.file = file;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new CheckedForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            protected void checkedStart(Listener<A> listener, Metadata headers) throws StatusException {
                headers.put(AUTHORIZATION, "Bearer " + read());
                delegate().start(listener, headers);
            }
        };
    }

    private String read() throws StatusException {
        try {
            String token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (TOKEN.matcher(token).matches()) {
                return token;
            }
        } catch (IOException unreadable) {
            throw Status.UNAVAILABLE
                    .withDescription("the token file " + file + " cannot be read")
                    .withCause(unreadable)
                    .asException();
        }
        throw Status.UNAVAILABLE
                .withDescription("the token file " + file + " does not hold one token")
                .asException();
    }
}
