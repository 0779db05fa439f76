{{/*
What a service reads, writes and is called on Kafka, and how its clients prove who they are.
*/}}

{{- define "fovea.group" -}}
{{- printf "%s-%s" .root.Values.kafka.groups.prefix .component }}
{{- end }}

{{/* "true" where the topic of queries is answered, too. */}}
{{- define "fovea.answersQueries" -}}
{{- if and (eq .key "globalRetrieval") .root.Values.kafka.queries }}true{{ end }}
{{- end }}

{{- define "fovea.queryGroup" -}}
{{- include "fovea.group" . }}-queries
{{- end }}

{{- define "fovea.resultTopic" -}}
{{- $topics := .root.Values.kafka.topics }}
{{- get (dict "patchDescription" $topics.patchDescriptions "fineGrainedClassification" $topics.classifications
    "globalRetrieval" $topics.embeddings) .key }}
{{- end }}

{{- define "fovea.deadLetterTopic" -}}
{{- printf "%s.%s.dead-letters" .root.Values.kafka.topics.deadLettersPrefix .component }}
{{- end }}

{{- define "fovea.saslSecret" -}}
{{- if hasPrefix "SASL" .root.Values.kafka.security.protocol }}
{{- .root.Values.kafka.security.sasl.existingSecret | default .name }}
{{- end }}
{{- end }}

{{/* Of the client's certificate; empty where there is none. */}}
{{- define "fovea.clientSecret" -}}
{{- $user := .root.Values.kafka.strimzi.user }}
{{- $made := and $user.enabled (eq $user.authentication "tls") }}
{{- .root.Values.kafka.security.tls.clientSecret | default ($made | ternary .name "") }}
{{- end }}

{{/* Keys of the client's Secret: Strimzi's own where it made the Secret. */}}
{{- define "fovea.clientKeys" -}}
{{- $tls := .root.Values.kafka.security.tls }}
{{- if $tls.clientSecret }}
{{- dict "certificate" $tls.certificateKey "key" $tls.privateKeyKey | toYaml }}
{{- else }}
{{- dict "certificate" "user.crt" "key" "user.key" | toYaml }}
{{- end }}
{{- end }}

{{/* Empty where the user's name comes from the Secret. */}}
{{- define "fovea.saslUser" -}}
{{- $sasl := .root.Values.kafka.security.sasl }}
{{- $made := and .root.Values.kafka.strimzi.user.enabled (not $sasl.existingSecret) }}
{{- $sasl.username | default ($made | ternary .name "") }}
{{- end }}

{{/* Properties of the Kafka clients as a map. "\${secret:…}" is Kafka's, not an expression of the configuration. */}}
{{- define "fovea.kafkaProperties" -}}
{{- $security := .root.Values.kafka.security }}
{{- $p := dict }}
{{- if ne $security.protocol "PLAINTEXT" }}
{{- $_ := set $p "security.protocol" $security.protocol }}
{{- end }}
{{- if $security.tls.caSecret }}
{{- $_ := set $p "ssl.truststore.type" "PEM" }}
{{- $_ := set $p "ssl.truststore.location" "/etc/fovea/kafka-ca/ca.crt" }}
{{- end }}
{{- if include "fovea.clientSecret" . }}
{{- $_ := set $p "ssl.keystore.type" "PEM" }}
{{- $_ := set $p "ssl.keystore.certificate.chain" "\\${secret:/etc/fovea/kafka-client:tls.crt}" }}
{{- $_ := set $p "ssl.keystore.key" "\\${secret:/etc/fovea/kafka-client:tls.key}" }}
{{- end }}
{{- if include "fovea.saslSecret" . }}
{{- $_ := set $p "sasl.mechanism" $security.sasl.mechanism }}
{{- $_ := set $p "sasl.jaas.config" (include "fovea.jaas" .) }}
{{- if eq $security.sasl.mechanism "OAUTHBEARER" }}
{{- $oauth := $security.sasl.oauth }}
{{- $_ := set $p "sasl.login.callback.handler.class" "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler" }}
{{- /* The default one checks signatures as a broker does, by a library that the services do not have. */}}
{{- $_ := set $p "sasl.oauthbearer.jwt.validator.class" "org.apache.kafka.common.security.oauthbearer.ClientJwtValidator" }}
{{- $_ := set $p "sasl.oauthbearer.token.endpoint.url" $oauth.tokenEndpoint }}
{{- $_ := set $p "sasl.oauthbearer.client.credentials.client.id" "\\${secret:/etc/fovea/kafka-sasl:client-id}" }}
{{- $_ := set $p "sasl.oauthbearer.client.credentials.client.secret" "\\${secret:/etc/fovea/kafka-sasl:client-secret}" }}
{{- with $oauth.scope }}
{{- $_ := set $p "sasl.oauthbearer.scope" . }}
{{- end }}
{{- end }}
{{- end }}
{{- if or (include "fovea.clientSecret" .) (include "fovea.saslSecret" .) }}
{{- $_ := set $p "config.providers" "secret" }}
{{- $_ := set $p "config.providers.secret.class" "org.apache.kafka.common.config.provider.DirectoryConfigProvider" }}
{{- $_ := set $p "config.providers.secret.param.allowed.paths" "/etc/fovea" }}
{{- end }}
{{- include "fovea.merge" (dict "base" $p "over" .root.Values.kafka.properties) }}
{{- end }}

{{- define "fovea.jaas" -}}
{{- $sasl := .root.Values.kafka.security.sasl }}
{{- if eq $sasl.mechanism "OAUTHBEARER" -}}
org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required
{{- if $sasl.oauth.caSecret }} ssl.truststore.type="PEM" ssl.truststore.location="/etc/fovea/kafka-oauth-ca/ca.crt"{{ end }};
{{- else -}}
{{- $module := eq $sasl.mechanism "PLAIN" | ternary "plain.PlainLoginModule" "scram.ScramLoginModule" -}}
{{- $user := include "fovea.saslUser" . | default "\\${secret:/etc/fovea/kafka-sasl:username}" -}}
org.apache.kafka.common.security.{{ $module }} required username="{{ $user }}" password="\${secret:/etc/fovea/kafka-sasl:password}";
{{- end }}
{{- end }}
