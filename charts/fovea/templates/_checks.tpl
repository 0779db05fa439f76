{{/*
Contradictions that a schema cannot see. Each ends the rendering and says what to change.
*/}}

{{- define "fovea.checkService" -}}
{{- include "fovea.checkScale" . }}
{{- include "fovea.checkGpu" . }}
{{- include "fovea.checkModels" . }}
{{- include "fovea.checkGrpc" . }}
{{- include "fovea.checkReach" . }}
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
    "fovea.kafka.instance-id" "fixed: the pod's name" "fovea.kafka.topics.images" "kafka.topics.images"
    "fovea.kafka.topics.results" "kafka.topics" "fovea.kafka.topics.dead-letters" "kafka.topics.deadLettersPrefix"
    "fovea.retrieval.queries.topic" "kafka.topics.queries" "fovea.retrieval.queries.results" "kafka.topics.queryResults"
    "fovea.retrieval.queries.group" "kafka.groups.prefix" "fovea.retrieval.engine" "index.engine"
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
{{- if .values.localFeatures.remote }}
{{- include "fovea.checkLocalFeatures" . }}
{{- end }}
{{- end }}

{{- define "fovea.checkLocalFeatures" -}}
{{- $features := .values.localFeatures }}
{{- if not .root.Values.services.patchDescription.enabled }}
{{- fail "global-retrieval: localFeatures.remote needs services.patchDescription.enabled" }}
{{- end }}
{{- $patches := dict "root" .root "key" "patchDescription" }}
{{- include "fovea.context" $patches }}
{{- if and (include "fovea.authenticated" $patches) (not $features.tokenSecret) }}
{{- fail "global-retrieval: patch-description wants tokens, localFeatures.remote needs localFeatures.tokenSecret" }}
{{- end }}
{{- if and (eq $patches.values.grpc.tls.clientAuth "required") (not $features.clientSecret) }}
{{- fail "global-retrieval: patch-description wants certificates, localFeatures.remote needs localFeatures.clientSecret" }}
{{- end }}
{{- end }}

{{/* Who comes through a load balancer is no pod of the namespace. */}}
{{- define "fovea.checkReach" -}}
{{- $policy := .values.networkPolicy }}
{{- if and (eq .values.service.type "LoadBalancer") $policy.enabled (not (concat $policy.clients $policy.extraIngress)) }}
{{- fail (printf "%s: service.type = LoadBalancer, but the NetworkPolicy lets in pods of the namespace only: name the callers in networkPolicy.clients (an ipBlock)" .component) }}
{{- end }}
{{- end }}
