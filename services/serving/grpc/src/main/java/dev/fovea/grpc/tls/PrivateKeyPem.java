package dev.fovea.grpc.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A private key out of its PEM text. The JDK reads PKCS#8 only; the older forms, which certificate managers still
/// write, are put into one (RFC 5958, section 2; RFC 8017, A.1.2; RFC 5915, section 3).
final class PrivateKeyPem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_OID = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xA0;

    private PrivateKeyPem() {}

    /// @throws IllegalArgumentException if there is no key in it
    /// @throws GeneralSecurityException if there is one that cannot be used
    static PrivateKey parse(String pem) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new IllegalArgumentException("no private key");
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        byte[] pkcs8 =
                switch (block.group(1)) {
                    case "RSA PRIVATE KEY" -> der(SEQUENCE, VERSION_0, RSA, der(OCTETS, der));
                    case "EC PRIVATE KEY" ->
                        der(SEQUENCE, VERSION_0, der(SEQUENCE, EC_OID, curve(der)), der(OCTETS, der));
                    default -> der;
                };
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException another) {
                // Tried next.
            }
        }
        throw new IllegalArgumentException("no key of " + ALGORITHMS);
    }

    /// The object identifier of the curve, out of `SEQUENCE { INTEGER, OCTET STRING, [0] { OID } … }`.
    private static byte[] curve(byte[] sec1) {
        try {
            ByteBuffer at = ByteBuffer.wrap(sec1);
            at.get();
            length(at);
            skip(at);
            skip(at);
            if ((at.get() & 0xFF) != PARAMETERS) {
                throw new IllegalArgumentException("no curve");
            }
            byte[] oid = new byte[length(at)];
            at.get(oid);
            return oid;
        } catch (BufferUnderflowException cutOff) {
            throw new IllegalArgumentException("cut off", cutOff);
        }
    }

    private static void skip(ByteBuffer at) {
        at.get();
        int length = length(at);
        if (length > at.remaining()) {
            throw new IllegalArgumentException("cut off");
        }
        at.position(at.position() + length);
    }

    private static int length(ByteBuffer at) {
        int first = at.get() & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7F); i++) {
            length = (length << 8) | (at.get() & 0xFF);
        }
        if (length < 0 || length > at.remaining()) {
            throw new IllegalArgumentException("cut off");
        }
        return length;
    }

    /// One value with tag and length, in as few bytes as DER demands; lengths below 64 KiB.
    private static byte[] der(int tag, byte[]... parts) {
        var value = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            value.writeBytes(part);
        }
        int length = value.size();
        var all = new ByteArrayOutputStream();
        all.write(tag);
        if (length > 0xFF) {
            all.write(0x82);
            all.write(length >> 8);
        } else if (length >= 0x80) {
            all.write(0x81);
        }
        all.write(length);
        all.writeBytes(value.toByteArray());
        return all.toByteArray();
    }
}
