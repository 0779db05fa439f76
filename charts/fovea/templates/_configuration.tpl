{{/*
The file application.properties of a service.
*/}}

{{/* All keys as a map: what the chart says, then the user's. */}}
{{- define "fovea.configuration" -}}
{{- $p := dict
    "fovea.models.repository" "/models"
    "fovea.models.default" .values.models.default
    "fovea.health.grpc-port" 9090
    "fovea.drain.limit" (printf "%ds" (int .values.drain.limit))
    "fovea.kafka.enabled" .root.Values.kafka.enabled
    "quarkus.log.level" .values.log.level
    "quarkus.log.console.json.enabled" .values.log.json }}
{{- with .values.models.load }}
{{- $_ := set $p "fovea.models.load" (join "," .) }}
{{- end }}
{{- range $model, $digest := .values.models.expectedDigests }}
{{- $_ := set $p (printf "fovea.models.expected-digests.\"%s\"" $model) $digest }}
{{- end }}
{{- if .values.gpu.enabled }}
{{- $_ := set $p "fovea.execution.providers" (join "," .values.gpu.providers) }}
{{- end }}
{{- $parts := list "fovea.grpcConfiguration" "fovea.kafkaConfiguration" "fovea.retrievalConfiguration" }}
{{- range $part := $parts }}
{{- $p = merge $p (include $part $ | fromYaml) }}
{{- end }}
{{- include "fovea.merge" (dict "base" $p "over" .values.config) }}
{{- end }}

{{- define "fovea.grpcConfiguration" -}}
{{- $p := dict }}
{{- $tls := .values.grpc.tls }}
{{- $auth := .values.grpc.auth }}
{{- with .values.grpc.maxConnectionAge }}
{{- $_ := set $p "fovea.grpc.max-connection-age" . }}
{{- end }}
{{- if $tls.existingSecret }}
{{- $_ := set $p "fovea.grpc.tls.certificate" "/etc/fovea/grpc-tls/tls.crt" }}
{{- $_ := set $p "fovea.grpc.tls.key" "/etc/fovea/grpc-tls/tls.key" }}
{{- $_ := set $p "fovea.grpc.tls.reload" $tls.reload }}
{{- if eq $tls.clientAuth "required" }}
{{- $_ := set $p "fovea.grpc.tls.client-ca" "/etc/fovea/grpc-tls/ca.crt" }}
{{- end }}
{{- end }}
{{- if $auth.tokensSecret }}
{{- $_ := set $p "fovea.grpc.auth.tokens-file" "/etc/fovea/grpc-tokens/tokens" }}
{{- end }}
{{- if $auth.oidc.issuer }}
{{- $_ := set $p "fovea.grpc.auth.oidc.issuer" $auth.oidc.issuer }}
{{- $_ := set $p "fovea.grpc.auth.oidc.audience" $auth.oidc.audience }}
{{- $_ := set $p "fovea.grpc.auth.oidc.roles-claim" $auth.oidc.rolesClaim }}
{{- $_ := set $p "fovea.grpc.auth.oidc.clock-skew" $auth.oidc.clockSkew }}
{{- with $auth.oidc.jwksUrl }}
{{- $_ := set $p "fovea.grpc.auth.oidc.jwks-url" . }}
{{- end }}
{{- if $auth.oidc.caSecret }}
{{- $_ := set $p "fovea.grpc.auth.oidc.ca-certificate" "/etc/fovea/oidc-ca/ca.crt" }}
{{- end }}
{{- end }}
{{- range $pattern, $roles := $auth.allow }}
{{- $_ := set $p (printf "fovea.grpc.auth.allow.\"%s\"" $pattern) $roles }}
{{- end }}
{{- toYaml $p }}
{{- end }}

{{- define "fovea.kafkaConfiguration" -}}
{{- $p := dict }}
{{- $kafka := .root.Values.kafka }}
{{- if $kafka.enabled }}
{{- $_ := set $p "fovea.kafka.bootstrap-servers" $kafka.bootstrapServers }}
{{- $_ := set $p "fovea.kafka.group" (include "fovea.group" .) }}
{{- $_ := set $p "fovea.kafka.topics.images" $kafka.topics.images }}
{{- $_ := set $p "fovea.kafka.topics.results" (include "fovea.resultTopic" .) }}
{{- $_ := set $p "fovea.kafka.topics.dead-letters" (include "fovea.deadLetterTopic" .) }}
{{- range $key, $value := include "fovea.kafkaProperties" . | fromYaml }}
{{- $_ := set $p (printf "fovea.kafka.properties.%s" $key) $value }}
{{- end }}
{{- if eq .key "globalRetrieval" }}
{{- $_ := set $p "fovea.retrieval.queries.enabled" $kafka.queries }}
{{- $_ := set $p "fovea.retrieval.queries.group" (include "fovea.queryGroup" .) }}
{{- $_ := set $p "fovea.retrieval.queries.topic" $kafka.topics.queries }}
{{- $_ := set $p "fovea.retrieval.queries.results" $kafka.topics.queryResults }}
{{- end }}
{{- end }}
{{- toYaml $p }}
{{- end }}

{{- define "fovea.retrievalConfiguration" -}}
{{- $p := dict }}
{{- if eq .key "globalRetrieval" }}
{{- $index := .values.index }}
{{- $_ := set $p "fovea.retrieval.engine" $index.engine }}
{{- if eq $index.engine "lucene" }}
{{- $_ := set $p "fovea.retrieval.lucene.folder" "/var/lib/fovea/index" }}
{{- $_ := set $p "fovea.retrieval.lucene.backups" "/var/lib/fovea/backups" }}
{{- else }}
{{- $_ := set $p "fovea.retrieval.opensearch.urls" (join "," $index.opensearch.urls) }}
{{- if $index.opensearch.caSecret }}
{{- $_ := set $p "fovea.retrieval.opensearch.ca-certificate" "/etc/fovea/opensearch/ca.crt" }}
{{- end }}
{{- end }}
{{- $p = merge $p (include "fovea.localFeatures" . | fromYaml) }}
{{- end }}
{{- toYaml $p }}
{{- end }}

{{/* Local descriptors of the patch description service of this release, as that one wants to be called. */}}
{{- define "fovea.localFeatures" -}}
{{- $p := dict }}
{{- $prefix := "fovea.retrieval.local-features." }}
{{- if .values.localFeatures.remote }}
{{- $patches := dict "root" .root "key" "patchDescription" }}
{{- include "fovea.context" $patches }}
{{- $_ := set $p (print $prefix "remote") (printf "dns:///%s-headless.%s.svc:9000" $patches.name .root.Release.Namespace) }}
{{- if $patches.values.grpc.tls.existingSecret }}
{{- $_ := set $p (print $prefix "tls") true }}
{{- end }}
{{- if .values.localFeatures.caSecret }}
{{- $_ := set $p (print $prefix "ca-certificate") "/etc/fovea/local-features-ca/ca.crt" }}
{{- end }}
{{- if .values.localFeatures.clientSecret }}
{{- $_ := set $p (print $prefix "client-certificate") "/etc/fovea/local-features-client/tls.crt" }}
{{- $_ := set $p (print $prefix "client-key") "/etc/fovea/local-features-client/tls.key" }}
{{- end }}
{{- if .values.localFeatures.tokenSecret }}
{{- $_ := set $p (print $prefix "token-file") "/etc/fovea/local-features-token/token" }}
{{- end }}
{{- end }}
{{- toYaml $p }}
{{- end }}

{{/* key=value lines. In such a file a backslash is written twice; numbers are written out, not as 3.2e+07. */}}
{{- define "fovea.properties" -}}
{{- range $key, $value := include "fovea.configuration" . | fromYaml }}
{{- $text := kindIs "string" $value | ternary $value (toJson $value) }}
{{ $key | replace ":" "\\:" | replace "=" "\\=" | replace " " "\\ " }}={{ $text | replace "\\" "\\\\" | replace "\n" "\\n" }}
{{- end }}
{{- end }}
