{{/*
Names and labels. A service's context is what "fovea.context" describes: root, key, component, name, values.
*/}}

{{- define "fovea.name" -}}
{{- .Values.nameOverride | default .Chart.Name -}}
{{- end }}

{{/* At most 26 characters, so that "-fine-grained-classification-headless" still fits into a name of 63. */}}
{{- define "fovea.fullname" -}}
{{- $chosen := .Values.fullnameOverride }}
{{- if not $chosen }}
{{- $name := include "fovea.name" . }}
{{- $chosen = contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) }}
{{- end }}
{{- if gt (len $chosen) 26 }}
{{- fail (printf "the name %q has %d characters, the limit is 26: set fullnameOverride" $chosen (len $chosen)) }}
{{- end }}
{{- $chosen }}
{{- end }}

{{- define "fovea.selector" -}}
app.kubernetes.io/name: {{ include "fovea.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* Of pods too: without the chart's version, which would start them again for nothing. */}}
{{- define "fovea.labels" -}}
{{ include "fovea.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/part-of: fovea
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* metadata of a resource: pass context, name and, where it has any, labels (over the common ones) and annotations. */}}
{{- define "fovea.metadata" -}}
name: {{ .name }}
namespace: {{ .namespace | default .context.root.Release.Namespace }}
labels:
  {{- $chart := printf "%s-%s" .context.root.Chart.Name .context.root.Chart.Version | replace "+" "_" }}
  {{- $labels := include "fovea.labels" .context | fromYaml }}
  {{- mergeOverwrite $labels (dict "helm.sh/chart" $chart) (.labels | default dict) | toYaml | nindent 2 }}
{{- $annotations := merge (dict) (.annotations | default dict) .context.root.Values.commonAnnotations }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* "registry/repository:tag" or "…@digest", which wins; pass root, image, repository and suffix. */}}
{{- define "fovea.image" -}}
{{- $registry := .root.Values.global.imageRegistry | default .image.registry }}
{{- $path := printf "%s/%s" $registry (.image.repository | default .repository) }}
{{- if .image.digest }}
{{- printf "%s@%s" $path .image.digest }}
{{- else }}
{{- printf "%s:%s%s" $path (.image.tag | default .root.Chart.AppVersion) .suffix }}
{{- end }}
{{- end }}

{{- define "fovea.serviceImage" -}}
{{- $suffix := eq .values.image.variant "cuda" | ternary "-cuda" "" }}
{{- include "fovea.image" (dict "root" .root "image" .values.image "suffix" $suffix
    "repository" (printf "fovea/%s" .component)) }}
{{- end }}

{{- define "fovea.serviceAccount" -}}
{{- .values.serviceAccount.create | ternary (.values.serviceAccount.name | default .name) (.values.serviceAccount.name | default "default") }}
{{- end }}

{{/* Ends with the namespace, so that certificates need not name the cluster's domain. */}}
{{- define "fovea.address" -}}
{{- printf "%s.%s.svc" .name .root.Release.Namespace }}
{{- end }}
