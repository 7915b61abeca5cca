package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for 127.0.0.1 that nobody but this test vouches for.
 *
 * @param directory holds {@code cert.pem} and {@code key.pem}
 * @param trust believes in this certificate and in no other
 */
record SelfSigned(Path directory, SSLContext trust) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    static SelfSigned make(Path directory) throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder((Path.of(System.getProperty("java.home"), "bin", "keytool")
                                + " -genkeypair -keyalg EC -groupname secp256r1 -alias a -dname CN=127.0.0.1"
                                + " -ext san=ip:127.0.0.1 -storetype PKCS12 -storepass " + new String(PASSWORD)
                                + " -keystore " + file)
                        .split(" "))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, keytool.waitFor());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        pem(
                directory.resolve("cert.pem"),
                "CERTIFICATE",
                keys.getCertificate("a").getEncoded());
        pem(
                directory.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey("a", PASSWORD).getEncoded());
        return new SelfSigned(directory, trusting(keys));
    }

    private static SSLContext trusting(KeyStore keys) throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("a", keys.getCertificate("a"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static void pem(Path file, String what, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
