package dev.fovea.tests.chart.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.proto.v1.Acknowledgement;
import dev.fovea.proto.v1.GlobalRetrievalGrpc;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.tests.support.Certificates;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Services that want certificates and tokens of everybody, of each other too; kubelets have neither.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrpcSecurityIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String READER = "token-of-a-reader-1f0d";
    private static final String WRITER = "token-of-a-writer-77aa";

    private Certificates certificates;
    private Certificates.Issued client;
    private Node node;

    @BeforeAll
    void startServices() throws Exception {
        Path target = Files.createDirectories(Path.of("target"));
        certificates = new Certificates(Files.createTempDirectory(target, "grpc-certificates-"));
        client = certificates.issue("client");
        node = new Node(Release.withoutKafka("grpc-security", VALUES), secrets());
        node.start("patch-description").awaitReady(LIMIT);
        node.start("global-retrieval").awaitReady(LIMIT);
    }

    @AfterAll
    void end() {
        node.close();
    }

    private static final String VALUES = """
            defaults:
              grpc:
                tls: {existingSecret: vision-tls, clientAuth: required}
                auth:
                  tokensSecret: vision-tokens
                  allow: {"*": "reader, writer"}
            services:
              fineGrainedClassification: {enabled: false}
              globalRetrieval:
                models: {load: []}
                grpc: {auth: {allow: {"fovea.v1.GlobalRetrieval/Upsert": writer}}}
                localFeatures:
                  remote: true
                  caSecret: vision-ca
                  clientSecret: retrieval-client
                  tokenSecret: retrieval-token
            tests: {enabled: true, tokenSecret: test-token, clientSecret: test-client}
            """;

    private Outside secrets() throws Exception {
        String authority = Files.readString(certificates.authority());
        Certificates.Issued service = certificates.issue("service");
        return Outside.withModels(Models.image())
                .withSecret(
                        "vision-tls",
                        Map.of(
                                "tls.crt", Files.readString(service.certificate()),
                                "tls.key", Files.readString(service.key()),
                                "ca.crt", authority))
                .withSecret(
                        "vision-tokens",
                        Map.of("tokens", "# two\none reader " + READER + "\ntwo writer " + WRITER + "\n"))
                .withSecret("vision-ca", Map.of("ca.crt", authority))
                .withSecret("retrieval-client", pair(certificates.issue("retrieval")))
                .withSecret("retrieval-token", Map.of("token", READER))
                .withSecret("test-client", pair(certificates.issue("test")))
                .withSecret("test-token", Map.of("token", READER));
    }

    private static Map<String, String> pair(Certificates.Issued issued) throws Exception {
        return Map.of("tls.crt", Files.readString(issued.certificate()), "tls.key", Files.readString(issued.key()));
    }

    @Test
    void whoeverShowsCertificateAndTokenIsAnswered() throws Exception {
        try (Caller caller = known("patch-description")) {
            assertThat(Service.PATCH_DESCRIPTION.call(caller.with(READER)).getSerializedSize())
                    .isPositive();
        }
    }

    @Test
    void nobodyIsAnsweredWithoutACertificate() throws Exception {
        int port = node.pod("patch-description").grpcPort();
        try (Caller caller = Caller.anonymous(port, certificates.authority())) {
            assertThatThrownBy(() -> Service.PATCH_DESCRIPTION.call(caller.with(READER)))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("UNAVAILABLE");
        }
    }

    @Test
    void nobodyIsAnsweredWithoutAToken() throws Exception {
        try (Caller caller = known("patch-description")) {
            assertThatThrownBy(() -> Service.PATCH_DESCRIPTION.call(caller.channel()))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("UNAUTHENTICATED");
        }
    }

    @Test
    void onlyTheRoleOfTheRuleMayWriteAndTheServicesKnowEachOther() throws Exception {
        try (Caller caller = known("global-retrieval")) {
            assertThatThrownBy(() -> upsert(caller.with(READER)))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("PERMISSION_DENIED");

            // Local descriptors come from the other service.
            upsert(caller.with(WRITER));
        }
    }

    @Test
    void noTokenIsInALog() throws Exception {
        for (Pod pod : node.pods()) {
            assertThat(pod.log()).isNotEmpty().doesNotContain(READER, WRITER);
        }
    }

    private Caller known(String component) throws Exception {
        return Caller.known(node.pod(component).grpcPort(), certificates.authority(), client);
    }

    private static void upsert(Channel channel) {
        GlobalRetrievalGrpc.newBlockingStub(channel)
                .upsert(UpsertRequest.newBuilder()
                        .setId("one")
                        .setImage(ImageInput.newBuilder().setContent(Images.one()))
                        .setAcknowledgement(Acknowledgement.ACKNOWLEDGEMENT_VISIBLE)
                        .build());
    }
}
