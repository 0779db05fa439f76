{{/*
How KEDA looks at the lag of a service: one trigger for each topic it consumes.
*/}}

{{/* All values are texts, as KEDA wants them. Pass context, topic and group. */}}
{{- define "fovea.kafkaTrigger" -}}
{{- $kafka := .context.root.Values.kafka }}
{{- $keda := .context.values.autoscaling.keda -}}
- type: kafka
  metadata:
    bootstrapServers: {{ $kafka.bootstrapServers | quote }}
    consumerGroup: {{ .group | quote }}
    topic: {{ .topic | quote }}
    lagThreshold: {{ int $keda.lagThreshold | quote }}
    activationLagThreshold: {{ int $keda.activationLagThreshold | quote }}
    # The services start at the earliest event, too.
    offsetResetPolicy: earliest
    allowIdleConsumers: "false"
    {{- if include "fovea.saslSecret" .context }}
    sasl: {{ get (dict "PLAIN" "plaintext" "SCRAM-SHA-256" "scram_sha256" "SCRAM-SHA-512" "scram_sha512" "OAUTHBEARER" "oauthbearer") $kafka.security.sasl.mechanism }}
    {{- end }}
    tls: {{ hasSuffix "SSL" $kafka.security.protocol | ternary "enable" "disable" }}
  {{- if include "fovea.kedaParameters" .context }}
  authenticationRef:
    name: {{ .context.name }}-kafka
  {{- end }}
{{- end }}

{{/* Spec of the TriggerAuthentication; empty where brokers ask for nothing. */}}
{{- define "fovea.kedaParameters" -}}
{{- $security := .root.Values.kafka.security }}
{{- $secrets := list }}
{{- with $security.tls.caSecret }}
{{- $secrets = append $secrets (dict "parameter" "ca" "name" . "key" $security.tls.caKey) }}
{{- end }}
{{- with include "fovea.clientSecret" . }}
{{- $keys := include "fovea.clientKeys" $ | fromYaml }}
{{- $secrets = append $secrets (dict "parameter" "cert" "name" . "key" $keys.certificate) }}
{{- $secrets = append $secrets (dict "parameter" "key" "name" . "key" $keys.key) }}
{{- end }}
{{- with include "fovea.saslSecret" . }}
{{- $bearer := eq $security.sasl.mechanism "OAUTHBEARER" }}
{{- if or $bearer (not (include "fovea.saslUser" $)) }}
{{- $user := $bearer | ternary $security.sasl.oauth.clientIdKey $security.sasl.usernameKey }}
{{- $secrets = append $secrets (dict "parameter" "username" "name" . "key" $user) }}
{{- end }}
{{- $password := $bearer | ternary $security.sasl.oauth.clientSecretKey $security.sasl.passwordKey }}
{{- $secrets = append $secrets (dict "parameter" "password" "name" . "key" $password) }}
{{- end }}
{{- with $secrets }}
secretTargetRef:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with include "fovea.kedaTexts" . | fromYaml }}
configMapTargetRef:
  {{- range $parameter, $_ := . }}
  - {parameter: {{ $parameter }}, name: {{ $.name }}-keda, key: {{ $parameter }}}
  {{- end }}
{{- end }}
{{- end }}

{{/* Parameters of KEDA that are no secret. */}}
{{- define "fovea.kedaTexts" -}}
{{- $sasl := .root.Values.kafka.security.sasl }}
{{- if include "fovea.saslSecret" . }}
{{- if eq $sasl.mechanism "OAUTHBEARER" }}
oauthTokenEndpointUri: {{ $sasl.oauth.tokenEndpoint | quote }}
{{- with $sasl.oauth.scope }}
scopes: {{ . | quote }}
{{- end }}
{{- else }}
{{- with include "fovea.saslUser" . }}
username: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
