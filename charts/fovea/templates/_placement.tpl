{{/*
Where a pod may run, and what it may do there.
*/}}

{{/* Pod Security "restricted". */}}
{{- define "fovea.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "fovea.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "fovea.scheduling" -}}
{{- $node := deepCopy .values.nodeSelector }}
{{- $tolerations := .values.tolerations }}
{{- if .values.gpu.enabled }}
{{- with .values.gpu.product }}
{{- $_ := set $node "nvidia.com/gpu.product" . }}
{{- end }}
{{- if .values.gpu.toleration }}
{{- $tolerations = append $tolerations (dict "key" .values.gpu.resource "operator" "Exists" "effect" "NoSchedule") }}
{{- if ne .values.gpu.resource "nvidia.com/gpu" }}
{{- $tolerations = append $tolerations (dict "key" "nvidia.com/gpu" "operator" "Exists" "effect" "NoSchedule") }}
{{- end }}
{{- end }}
{{- with .values.gpu.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- end }}
{{- with $node }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- $spread := list }}
{{- range .values.topologySpreadConstraints }}
{{- $own := dict "labelSelector" (dict "matchLabels" (include "fovea.selector" $ | fromYaml)) }}
{{- $spread = append $spread (merge (dict) . $own) }}
{{- end }}
{{- with $spread }}
topologySpreadConstraints:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
