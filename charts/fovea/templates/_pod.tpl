{{/*
The pod of every service.
*/}}

{{- define "fovea.pod" -}}
metadata:
  labels:
    {{- mergeOverwrite (include "fovea.labels" . | fromYaml) .values.podLabels | toYaml | nindent 4 }}
  annotations:
    # A changed configuration rolls out.
    checksum/configuration: {{ include "fovea.properties" . | sha256sum }}
    {{- with merge (dict) .values.podAnnotations .root.Values.commonAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "fovea.serviceAccount" . }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with .root.Values.global.imagePullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  securityContext:
    {{- include "fovea.podSecurity" . | nindent 4 }}
  # preStop {{ .values.drain.preStop }} s + drain {{ .values.drain.limit }} s + last commit and end of the process {{ .values.drain.exit }} s
  terminationGracePeriodSeconds: {{ include "fovea.gracePeriod" . }}
  {{- include "fovea.scheduling" . | trim | nindent 2 }}
  {{- if eq .values.models.source "initContainer" }}
  initContainers:
    {{- include "fovea.modelCopy" . | nindent 4 }}
  {{- end }}
  containers:
    {{- include "fovea.container" . | nindent 4 }}
  volumes:
    {{- include "fovea.volumes" . | nindent 4 }}
{{- end }}

{{- define "fovea.container" -}}
- name: service
  image: {{ include "fovea.serviceImage" . }}
  imagePullPolicy: {{ .values.image.pullPolicy }}
  securityContext:
    {{- include "fovea.containerSecurity" . | nindent 4 }}
  env:
    {{- include "fovea.environment" . | nindent 4 }}
  ports:
    - {name: grpc, containerPort: 9000}
    - {name: http, containerPort: 8080}
    - {name: grpc-health, containerPort: 9090}
  resources:
    {{- include "fovea.resources" . | nindent 4 }}
  {{- include "fovea.probes" . | nindent 2 }}
  lifecycle:
    # Calls still arrive until every node has heard that the pod ends; SIGTERM comes after it.
    preStop:
      sleep:
        seconds: {{ .values.drain.preStop }}
  volumeMounts:
    {{- include "fovea.volumeMounts" . | nindent 4 }}
{{- end }}

{{- define "fovea.probes" -}}
# 5 s x {{ include "fovea.startupFailures" . }} = {{ mul 5 (include "fovea.startupFailures" . | int) }} s, at least startup.maxLoadTime = {{ .values.startup.maxLoadTime }} s
startupProbe:
  grpc: {port: 9090, service: startup}
  periodSeconds: 5
  timeoutSeconds: {{ .values.probes.timeout }}
  failureThreshold: {{ include "fovea.startupFailures" . }}
# Off within two periods; while the pod ends it is off at once.
readinessProbe:
  grpc: {port: 9090, service: readiness}
  periodSeconds: {{ .values.probes.readinessPeriod }}
  timeoutSeconds: {{ .values.probes.timeout }}
  failureThreshold: 2
# The service itself waits before it says so: 30 s in one run of a model, 2 min without a turn of a consumer.
livenessProbe:
  grpc: {port: 9090, service: liveness}
  periodSeconds: {{ .values.probes.livenessPeriod }}
  timeoutSeconds: {{ .values.probes.timeout }}
  failureThreshold: 3
{{- end }}

{{- define "fovea.environment" -}}
- name: JAVA_TOOL_OPTIONS
  value: {{ include "fovea.javaOptions" . | quote }}
{{- if .root.Values.kafka.enabled }}
# The transactional id derives from it: different for every pod, the same after a restart of its container.
- name: FOVEA_KAFKA_INSTANCE_ID
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
{{- end }}
{{- if include "fovea.openSearchSecret" . }}
{{- $search := .values.index.opensearch }}
- name: FOVEA_RETRIEVAL_OPENSEARCH_USER
  valueFrom: {secretKeyRef: {name: {{ $search.existingSecret }}, key: {{ $search.usernameKey }}}}
- name: FOVEA_RETRIEVAL_OPENSEARCH_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ $search.existingSecret }}, key: {{ $search.passwordKey }}}}
{{- end }}
{{- with .values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "fovea.openSearchSecret" -}}
{{- if eq .key "globalRetrieval" }}
{{- if eq .values.index.engine "opensearch" }}{{ .values.index.opensearch.existingSecret }}{{ end }}
{{- end }}
{{- end }}

{{- define "fovea.javaOptions" -}}
{{- $options := list (printf "-XX:MaxRAMPercentage=%d" (int .values.jvm.heapPercentage)) }}
{{- $kafka := .root.Values.kafka }}
{{- if and $kafka.enabled (include "fovea.saslSecret" .) (eq $kafka.security.sasl.mechanism "OAUTHBEARER") }}
{{- $options = append $options (printf "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=%s" $kafka.security.sasl.oauth.tokenEndpoint) }}
{{- end }}
{{- join " " (concat $options .values.javaOptions) }}
{{- end }}

{{/* GPUs are an extended resource: request and limit are the same number. */}}
{{- define "fovea.resources" -}}
{{- $resources := deepCopy .values.resources }}
{{- if .values.gpu.enabled }}
{{- $gpu := dict .values.gpu.resource (.values.gpu.count | int) }}
{{- $_ := set $resources "limits" (mergeOverwrite ($resources.limits | default dict) $gpu) }}
{{- $_ := set $resources "requests" (mergeOverwrite ($resources.requests | default dict) $gpu) }}
{{- end }}
{{- toYaml $resources }}
{{- end }}
