{{/*
Volumes and where they are mounted: configuration, models, Secrets as files below /etc/fovea, the index.
*/}}

{{/* name, Secret and keys of every Secret that is mounted, as {"secrets": […]}; a key's file name is fixed. */}}
{{- define "fovea.secrets" -}}
{{- $secrets := list }}
{{- $kafka := .root.Values.kafka }}
{{- if $kafka.enabled }}
{{- $secrets = concat $secrets (include "fovea.kafkaSecrets" . | fromYaml).secrets }}
{{- end }}
{{- with .values.grpc.tls.existingSecret }}
{{- $files := dict "tls.crt" "tls.crt" "tls.key" "tls.key" }}
{{- if eq $.values.grpc.tls.clientAuth "required" }}
{{- $_ := set $files "ca.crt" "ca.crt" }}
{{- end }}
{{- $secrets = append $secrets (dict "name" "grpc-tls" "secret" . "files" $files) }}
{{- end }}
{{- with .values.grpc.auth.tokensSecret }}
{{- $secrets = append $secrets (dict "name" "grpc-tokens" "secret" . "files" (dict "tokens" "tokens")) }}
{{- end }}
{{- with and .values.grpc.auth.oidc.issuer .values.grpc.auth.oidc.caSecret }}
{{- $secrets = append $secrets (dict "name" "oidc-ca" "secret" . "files" (dict "ca.crt" "ca.crt")) }}
{{- end }}
{{- if eq .key "globalRetrieval" }}
{{- $secrets = concat $secrets (include "fovea.retrievalSecrets" . | fromYaml).secrets }}
{{- end }}
{{- dict "secrets" $secrets | toYaml }}
{{- end }}

{{- define "fovea.kafkaSecrets" -}}
{{- $secrets := list }}
{{- $security := .root.Values.kafka.security }}
{{- with $security.tls.caSecret }}
{{- $secrets = append $secrets (dict "name" "kafka-ca" "secret" . "files" (dict "ca.crt" $security.tls.caKey)) }}
{{- end }}
{{- with include "fovea.clientSecret" . }}
{{- $keys := include "fovea.clientKeys" $ | fromYaml }}
{{- $secrets = append $secrets (dict "name" "kafka-client" "secret" . "files" (dict "tls.crt" $keys.certificate "tls.key" $keys.key)) }}
{{- end }}
{{- with include "fovea.saslSecret" . }}
{{- $files := dict "password" $security.sasl.passwordKey }}
{{- if eq $security.sasl.mechanism "OAUTHBEARER" }}
{{- $files = dict "client-id" $security.sasl.oauth.clientIdKey "client-secret" $security.sasl.oauth.clientSecretKey }}
{{- else if not (include "fovea.saslUser" $) }}
{{- $_ := set $files "username" $security.sasl.usernameKey }}
{{- end }}
{{- $secrets = append $secrets (dict "name" "kafka-sasl" "secret" . "files" $files) }}
{{- if eq $security.sasl.mechanism "OAUTHBEARER" }}
{{- with $security.sasl.oauth.caSecret }}
{{- $secrets = append $secrets (dict "name" "kafka-oauth-ca" "secret" . "files" (dict "ca.crt" $security.sasl.oauth.caKey)) }}
{{- end }}
{{- end }}
{{- end }}
{{- dict "secrets" $secrets | toYaml }}
{{- end }}

{{- define "fovea.retrievalSecrets" -}}
{{- $secrets := list }}
{{- $index := .values.index }}
{{- if and (eq $index.engine "opensearch") $index.opensearch.caSecret }}
{{- $secrets = append $secrets (dict "name" "opensearch" "secret" $index.opensearch.caSecret "files" (dict "ca.crt" $index.opensearch.caKey)) }}
{{- end }}
{{- $features := .values.localFeatures }}
{{- if $features.remote }}
{{- with $features.caSecret }}
{{- $secrets = append $secrets (dict "name" "local-features-ca" "secret" . "files" (dict "ca.crt" "ca.crt")) }}
{{- end }}
{{- with $features.clientSecret }}
{{- $secrets = append $secrets (dict "name" "local-features-client" "secret" . "files" (dict "tls.crt" "tls.crt" "tls.key" "tls.key")) }}
{{- end }}
{{- with $features.tokenSecret }}
{{- $secrets = append $secrets (dict "name" "local-features-token" "secret" . "files" (dict "token" "token")) }}
{{- end }}
{{- end }}
{{- dict "secrets" $secrets | toYaml }}
{{- end }}

{{- define "fovea.volumes" -}}
- name: configuration
  configMap: {name: {{ .name }}}
- name: tmp
  emptyDir: {sizeLimit: {{ .values.tmpSizeLimit }}}
{{ include "fovea.modelVolume" . }}
{{- range (include "fovea.secrets" . | fromYaml).secrets }}
- name: {{ .name }}
  secret:
    secretName: {{ .secret }}
    defaultMode: 0440
    items:
      {{- range $file, $key := .files }}
      - {key: {{ $key }}, path: {{ $file }}}
      {{- end }}
{{- end }}
{{- with .values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "fovea.volumeMounts" -}}
- {name: configuration, mountPath: /opt/fovea/config, readOnly: true}
- {name: tmp, mountPath: /tmp}
- name: models
  mountPath: /models
  readOnly: true
  {{- if eq .values.models.source "image" }}
  subPath: models
  {{- else if and (eq .values.models.source "pvc") .values.models.pvc.subPath }}
  subPath: {{ .values.models.pvc.subPath }}
  {{- end }}
{{- range (include "fovea.secrets" . | fromYaml).secrets }}
- {name: {{ .name }}, mountPath: /etc/fovea/{{ .name }}, readOnly: true}
{{- end }}
{{- if include "fovea.stateful" . }}
- {name: index, mountPath: /var/lib/fovea/index}
{{- if .values.index.backups.enabled }}
- {name: backups, mountPath: /var/lib/fovea/backups}
{{- end }}
{{- end }}
{{- with .values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}
