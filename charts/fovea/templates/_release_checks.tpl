{{/*
Contradictions of what belongs to no single service: Kafka, Strimzi, names.
*/}}

{{- define "fovea.checkKafka" -}}
{{- $kafka := .Values.kafka }}
{{- $security := $kafka.security }}
{{- $made := $kafka.strimzi.user.enabled }}
{{- if not $kafka.bootstrapServers }}
{{- fail "kafka.enabled needs kafka.bootstrapServers" }}
{{- end }}
{{- if hasSuffix "SSL" $security.protocol }}
{{- if eq (empty $security.tls.caSecret) (not $security.tls.publicAuthority) }}
{{- fail (printf "kafka.security.protocol = %s needs either kafka.security.tls.caSecret or kafka.security.tls.publicAuthority" $security.protocol) }}
{{- end }}
{{- else if or $security.tls.caSecret $security.tls.clientSecret }}
{{- fail (printf "kafka.security.tls names Secrets, but kafka.security.protocol = %s does not use TLS" $security.protocol) }}
{{- end }}
{{- if hasPrefix "SASL" $security.protocol }}
{{- if not (or $security.sasl.existingSecret $made) }}
{{- fail (printf "kafka.security.protocol = %s needs kafka.security.sasl.existingSecret" $security.protocol) }}
{{- end }}
{{- if and (eq $security.sasl.mechanism "OAUTHBEARER") (not $security.sasl.oauth.tokenEndpoint) }}
{{- fail "kafka.security.sasl.mechanism = OAUTHBEARER needs kafka.security.sasl.oauth.tokenEndpoint" }}
{{- end }}
{{- else if $security.sasl.existingSecret }}
{{- fail (printf "kafka.security.sasl.existingSecret is given, but kafka.security.protocol = %s does not use SASL" $security.protocol) }}
{{- end }}
{{- end }}

{{- define "fovea.checkStrimzi" -}}
{{- $kafka := .Values.kafka }}
{{- $user := $kafka.strimzi.user }}
{{- if and (or $kafka.strimzi.topics.enabled $user.enabled) (not $kafka.strimzi.cluster) }}
{{- fail "kafka.strimzi needs kafka.strimzi.cluster: the name of the Kafka resource" }}
{{- end }}
{{- if $user.enabled }}
{{- $expected := eq $user.authentication "tls" | ternary "SSL" "SASL_SSL or SASL_PLAINTEXT" }}
{{- if not (hasPrefix (eq $user.authentication "tls" | ternary "SSL" "SASL") $kafka.security.protocol) }}
{{- fail (printf "kafka.strimzi.user.authentication = %s goes with kafka.security.protocol = %s, not %s" $user.authentication $expected $kafka.security.protocol) }}
{{- end }}
{{- if and (eq $user.authentication "scram-sha-512") (ne $kafka.security.sasl.mechanism "SCRAM-SHA-512") }}
{{- fail (printf "kafka.strimzi.user.authentication = scram-sha-512 goes with kafka.security.sasl.mechanism = SCRAM-SHA-512, not %s" $kafka.security.sasl.mechanism) }}
{{- end }}
{{- $secret := eq $user.authentication "tls" | ternary $kafka.security.tls.clientSecret $kafka.security.sasl.existingSecret }}
{{- if and $kafka.strimzi.namespace (ne $kafka.strimzi.namespace .Release.Namespace) (not $secret) }}
{{- fail (printf "the Secrets of KafkaUsers are made in %s and cannot be mounted in %s: copy them and name them in kafka.security" $kafka.strimzi.namespace .Release.Namespace) }}
{{- end }}
{{- end }}
{{- if and $kafka.strimzi.topics.enabled (gt (int $kafka.strimzi.topics.minInSyncReplicas) (int $kafka.strimzi.topics.replicas)) }}
{{- fail (printf "kafka.strimzi.topics.minInSyncReplicas = %d is above replicas = %d" (int $kafka.strimzi.topics.minInSyncReplicas) (int $kafka.strimzi.topics.replicas)) }}
{{- end }}
{{- end }}

{{/* One account cannot be made twice. */}}
{{- define "fovea.checkAccounts" -}}
{{- $made := list }}
{{- range $key, $_ := include "fovea.services" . | fromYaml }}
{{- $c := dict "root" $ "key" $key }}
{{- include "fovea.context" $c }}
{{- $name := include "fovea.serviceAccount" $c }}
{{- if and $c.values.serviceAccount.create (has $name $made) }}
{{- fail (printf "%s: serviceAccount.name = %s is made for another service already: give each its own, or make it yourself and set create = false" $c.component $name) }}
{{- end }}
{{- $made = append $made $name }}
{{- end }}
{{- end }}
