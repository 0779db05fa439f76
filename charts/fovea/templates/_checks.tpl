{{/*
Contradictions that a schema cannot see. Each ends the rendering and says what to change.
*/}}

{{- define "fovea.checkService" -}}
{{- include "fovea.checkScale" . }}
{{- include "fovea.checkGpu" . }}
{{- include "fovea.checkModels" . }}
{{- include "fovea.checkGrpc" . }}
{{- include "fovea.checkConfig" . }}
{{- if eq .key "globalRetrieval" }}
{{- include "fovea.checkIndex" . }}
{{- end }}
{{- end }}

{{- define "fovea.checkScale" -}}
{{- $scaling := .values.autoscaling }}
{{- $most := include "fovea.most" . | int }}
{{- if and (include "fovea.scaled" .) (gt (int $scaling.minReplicas) (int $scaling.maxReplicas)) }}
{{- fail (printf "%s: autoscaling.minReplicas = %d is above maxReplicas = %d" .component (int $scaling.minReplicas) (int $scaling.maxReplicas)) }}
{{- end }}
{{- if and (eq $scaling.type "hpa") (lt (int $scaling.minReplicas) 1) }}
{{- fail (printf "%s: autoscaling.minReplicas = 0 needs autoscaling.type = keda" .component) }}
{{- end }}
{{- if and (eq $scaling.type "keda") (not .root.Values.kafka.enabled) }}
{{- fail (printf "%s: autoscaling.type = keda scales on consumer lag and needs kafka.enabled" .component) }}
{{- end }}
{{- if .root.Values.kafka.enabled }}
{{- $partitions := int .root.Values.kafka.partitions }}
{{- $key := include "fovea.scaled" . | eq "true" | ternary "autoscaling.maxReplicas" "replicas" }}
{{- if gt $most $partitions }}
{{- fail (printf "%s: %s = %d is above kafka.partitions = %d: a pod without a partition is never ready" .component $key $most $partitions) }}
{{- end }}
{{- if gt (add $most (include "fovea.surge" . | int) | int) $partitions }}
{{- fail (printf "%s: rollout.surge = %s beside %s = %d is above kafka.partitions = %d: the new pod would never be ready; use auto or 0" .component (include "fovea.surge" .) $key $most $partitions) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "fovea.checkGpu" -}}
{{- if and .values.gpu.enabled (ne .values.image.variant "cuda") }}
{{- fail (printf "%s: gpu.enabled needs image.variant = cuda, not %s" .component .values.image.variant) }}
{{- end }}
{{- if and (not .values.gpu.enabled) (eq .values.image.variant "cuda") }}
{{- fail (printf "%s: image.variant = cuda needs gpu.enabled" .component) }}
{{- end }}
{{- end }}

{{- define "fovea.checkModels" -}}
{{- $models := .values.models }}
{{- if not $models.default }}
{{- fail (printf "%s: models.default is missing: the model of a request that names none" .component) }}
{{- end }}
{{- if eq $models.source "pvc" }}
{{- if eq (empty $models.pvc.existingClaim) (not $models.pvc.create) }}
{{- fail (printf "%s: models.source = pvc needs either models.pvc.existingClaim or models.pvc.create" .component) }}
{{- end }}
{{- end }}
{{- if and (eq $models.source "image") (semverCompare "<1.33.0-0" .root.Capabilities.KubeVersion.Version) }}
{{- fail (printf "%s: models.source = image needs Kubernetes 1.33, this is %s: use initContainer or pvc" .component .root.Capabilities.KubeVersion.Version) }}
{{- end }}
{{- end }}

{{- define "fovea.checkGrpc" -}}
{{- $auth := .values.grpc.auth }}
{{- $tls := .values.grpc.tls }}
{{- $authenticated := include "fovea.authenticated" . }}
{{- if and (eq $tls.clientAuth "required") (not $tls.existingSecret) }}
{{- fail (printf "%s: grpc.tls.clientAuth = required needs grpc.tls.existingSecret" .component) }}
{{- end }}
{{- if and $auth.oidc.issuer (not $auth.oidc.audience) }}
{{- fail (printf "%s: grpc.auth.oidc.issuer needs grpc.auth.oidc.audience" .component) }}
{{- end }}
{{- if and $auth.allow (not $authenticated) }}
{{- fail (printf "%s: grpc.auth.allow has rules, but neither grpc.auth.tokensSecret nor grpc.auth.oidc.issuer is given" .component) }}
{{- end }}
{{- if .root.Values.tests.enabled }}
{{- if and $authenticated (not .root.Values.tests.tokenSecret) }}
{{- fail (printf "%s wants tokens: give the helm test one (tests.tokenSecret) or set tests.enabled = false" .component) }}
{{- end }}
{{- if and (eq $tls.clientAuth "required") (not .root.Values.tests.clientSecret) }}
{{- fail (printf "%s wants certificates: give the helm test one (tests.clientSecret) or set tests.enabled = false" .component) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "fovea.authenticated" -}}
{{- if or .values.grpc.auth.tokensSecret .values.grpc.auth.oidc.issuer }}true{{ end }}
{{- end }}

{{/* Keys that other values set, with more than the key depending on them. */}}
{{- define "fovea.checkConfig" -}}
{{- $owned := dict "fovea.drain.limit" "drain.limit" "fovea.health.grpc-port" "fixed: 9090"
    "quarkus.grpc.server.port" "fixed: 9000" "quarkus.http.port" "fixed: 8080"
    "fovea.models.repository" "models.source" "fovea.models.default" "models.default"
    "fovea.models.load" "models.load" "fovea.kafka.enabled" "kafka.enabled"
    "fovea.kafka.bootstrap-servers" "kafka.bootstrapServers" "fovea.kafka.group" "kafka.groups.prefix"
    "fovea.kafka.instance-id" "fixed: the pod's name" "fovea.retrieval.engine" "index.engine"
    "fovea.retrieval.queries.enabled" "kafka.queries" "fovea.execution.providers" "gpu.providers" }}
{{- range $key, $_ := .values.config }}
{{- with get $owned $key }}
{{- fail (printf "%s: config has %s, which the chart sets (%s)" $.component $key .) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "fovea.checkIndex" -}}
{{- if eq .values.index.engine "lucene" }}
{{- if or (ne (int .values.replicas) 1) (include "fovea.scaled" .) }}
{{- fail "global-retrieval: index.engine = lucene is one index in one pod. Several pods of a consumer group would each keep and search the images of their partitions only: use replicas = 1 and autoscaling.type = none, or index.engine = opensearch" }}
{{- end }}
{{- else }}
{{- if not .values.index.opensearch.urls }}
{{- fail "global-retrieval: index.engine = opensearch needs index.opensearch.urls" }}
{{- end }}
{{- end }}
{{- $patches := .root.Values.services.patchDescription }}
{{- if and .values.localFeatures.remote (not $patches.enabled) }}
{{- fail "global-retrieval: localFeatures.remote needs services.patchDescription.enabled" }}
{{- end }}
{{- end }}

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
