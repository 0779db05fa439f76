package dev.fovea.tests.chart.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.LintResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Values that the chart refuses: contradictions by its templates, anything unknown by its schema.
class RefusalsTest {

    private static final String KAFKA = "kafka: {enabled: true, bootstrapServers: 'b:9092'}";
    private static final String KUBERNETES = Renderings.VERSIONS.getLast();

    /// Each contradiction, what it is laid upon, and what the refusal says.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            minimal | kafka: {enabled: true}                                              | needs kafka.bootstrapServers
            cpu     | kafka: {partitions: 2}                                              | replicas = 3 is above kafka.partitions = 2
            cpu     | kafka: {partitions: 3}, defaults: {rollout: {surge: 1}}             | rollout.surge = 1 beside replicas = 3
            minimal | defaults: {autoscaling: {type: keda}}                               | keda scales on consumer lag and needs kafka.enabled
            keda    | kafka: {partitions: 4}                                              | autoscaling.maxReplicas = 8 is above kafka.partitions = 4
            keda    | services: {fineGrainedClassification: {autoscaling: {minReplicas: 9}}} | minReplicas = 9 is above maxReplicas = 8
            hpa     | defaults: {autoscaling: {minReplicas: 0}}                           | minReplicas = 0 needs autoscaling.type = keda
            minimal | defaults: {gpu: {enabled: true}}                                    | gpu.enabled needs image.variant = cuda, not cpu
            minimal | defaults: {image: {variant: cuda}}                                  | image.variant = cuda needs gpu.enabled
            minimal | services: {patchDescription: {models: {default: ''}}}               | patch-description: models.default is missing
            minimal | defaults: {models: {source: pvc}}                                   | needs either models.pvc.existingClaim or models.pvc.create
            pvc     | defaults: {models: {pvc: {create: true}}}                           | needs either models.pvc.existingClaim or models.pvc.create
            minimal | defaults: {grpc: {tls: {clientAuth: required}}}                     | clientAuth = required needs grpc.tls.existingSecret
            minimal | defaults: {grpc: {auth: {oidc: {issuer: 'https://i'}}}}             | issuer needs grpc.auth.oidc.audience
            minimal | defaults: {grpc: {auth: {allow: {'*': reader}}}}                    | neither grpc.auth.tokensSecret nor grpc.auth.oidc.issuer
            minimal | defaults: {grpc: {auth: {tokensSecret: t}}}                         | wants tokens: give the helm test one
            minimal | defaults: {grpc: {tls: {existingSecret: t, clientAuth: required}}}  | wants certificates: give the helm test one
            minimal | defaults: {config: {fovea.drain.limit: 1m}}                         | config has fovea.drain.limit, which the chart sets (drain.limit)
            cpu     | defaults: {config: {fovea.kafka.topics.images: a}}                  | config has fovea.kafka.topics.images, which the chart sets
            minimal | defaults: {service: {type: LoadBalancer}}                           | name the callers in networkPolicy.clients
            minimal | services: {globalRetrieval: {replicas: 2}}                          | index.engine = lucene is one index in one pod
            minimal | services: {globalRetrieval: {index: {engine: opensearch}}}          | needs index.opensearch.urls
            cpu     | kafka: {security: {protocol: SSL}}                                  | needs either kafka.security.tls.caSecret or
            cpu     | kafka: {security: {tls: {caSecret: c}}}                             | PLAINTEXT does not use TLS
            cpu     | kafka: {security: {protocol: SASL_PLAINTEXT}}                       | needs kafka.security.sasl.existingSecret
            cpu     | kafka: {security: {sasl: {existingSecret: s}}}                      | PLAINTEXT does not use SASL
            kafka-oauth | kafka: {security: {sasl: {oauth: {tokenEndpoint: ''}}}}         | OAUTHBEARER needs kafka.security.sasl.oauth.tokenEndpoint
            strimzi | kafka: {strimzi: {cluster: ''}}                                     | needs kafka.strimzi.cluster
            strimzi | kafka: {strimzi: {user: {authentication: tls}}}                     | authentication = tls goes with kafka.security.protocol = SSL
            strimzi | kafka: {security: {sasl: {mechanism: SCRAM-SHA-256}}}               | goes with kafka.security.sasl.mechanism = SCRAM-SHA-512
            strimzi | kafka: {strimzi: {namespace: elsewhere}}                            | copy them and name them in kafka.security
            strimzi | kafka: {strimzi: {topics: {minInSyncReplicas: 4}}}                  | minInSyncReplicas = 4 is above replicas = 3
            minimal | nameOverride: a-name-of-25-characters-x                             | the limit is 26
            grpc-mtls | services: {patchDescription: {enabled: false}}                    | localFeatures.remote needs services.patchDescription.enabled
            grpc-mtls | services: {globalRetrieval: {localFeatures: {clientSecret: ''}}}  | localFeatures.remote needs localFeatures.clientSecret
            tokens-oidc | services: {globalRetrieval: {localFeatures: {tokenSecret: ''}}} | localFeatures.remote needs localFeatures.tokenSecret
            """)
    void contradictionsAreRefusedWithWhatToChange(String scenario, String change, String message) {
        ObjectNode values =
                Values.merged(Chart.fovea().scenario(scenario).values(), HelmYaml.object("{" + change + "}"));

        assertThatThrownBy(() -> Renderings.renderer().render(scenario, values, KUBERNETES))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "surprise: 1",
                "global: {surprise: 1}",
                "defaults: {surprise: 1}",
                "defaults: {image: {surprise: 1}}",
                "defaults: {autoscaling: {keda: {surprise: 1}}}",
                "defaults: {grpc: {auth: {oidc: {surprise: 1}}}}",
                "services: {surprise: {}}",
                "services: {patchDescription: {surprise: 1}}",
                "services: {patchDescription: {index: {}}}",
                "services: {globalRetrieval: {index: {surprise: 1}}}",
                "services: {globalRetrieval: {index: {persistence: {surprise: 1}}}}",
                "kafka: {security: {sasl: {oauth: {surprise: 1}}}}",
                "kafka: {strimzi: {topics: {surprise: 1}}}",
                "monitoring: {prometheusRule: {thresholds: {surprise: 1}}}",
                "tests: {image: {surprise: 1}}"
            })
    void aKeyThatNobodyReadsIsRefused(String change) {
        assertRefused(change);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "defaults: {replicas: two}",
                "defaults: {replicas: '2'}",
                "defaults: {replicas: -1}",
                "defaults: {image: {pullPolicy: Sometimes}}",
                "defaults: {image: {digest: latest}}",
                "defaults: {tolerations: {key: x}}",
                "defaults: {drain: {limit: 20s}}",
                "defaults: {autoscaling: {type: vpa}}",
                "defaults: {models: {source: s3}}",
                "defaults: {models: {load: siftnet}}",
                "services: {patchDescription: {enabled: 'yes'}}",
                "services: {globalRetrieval: {index: {engine: faiss}}}",
                "kafka: {partitions: 0}",
                "kafka: {security: {protocol: TLS}}",
                "kafka: {strimzi: {user: {authentication: plain}}}",
                "monitoring: {serviceMonitor: {enabled: 1}}"
            })
    void aValueOfAnotherFormIsRefused(String change) {
        assertRefused(change);
    }

    private static void assertRefused(String change) {
        ObjectNode values = HelmYaml.object(change);

        assertThatThrownBy(() -> Renderings.renderer().render("refused", values, KUBERNETES))
                .hasMessageContaining("schema");
        LintResult lint = Renderings.renderer().lint(values);
        assertThat(lint.isFailed()).as("lint: " + lint.getMessages()).isTrue();
    }

    /// The twin of the refusals: what they are laid upon is taken.
    @Test
    void valuesWithoutContradictionAreTaken() {
        ObjectNode values = HelmYaml.object(KAFKA);

        assertThatCode(() -> Renderings.renderer().render("taken", values, KUBERNETES))
                .doesNotThrowAnyException();
        assertThat(Renderings.renderer().lint(values).isFailed()).isFalse();
    }
}
