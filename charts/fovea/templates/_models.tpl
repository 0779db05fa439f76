{{/*
Where the model repository comes from.
*/}}

{{- define "fovea.modelImage" -}}
{{- include "fovea.image" (dict "root" .root "repository" "fovea/model-repository" "suffix" ""
    "image" (dict "registry" .values.image.registry)) }}
{{- end }}

{{- define "fovea.modelClaim" -}}
{{- .values.models.pvc.existingClaim | default (printf "%s-models" .name) }}
{{- end }}

{{- define "fovea.modelVolume" -}}
- name: models
{{- if eq .values.models.source "pvc" }}
  persistentVolumeClaim: {claimName: {{ include "fovea.modelClaim" . }}, readOnly: true}
{{- else if eq .values.models.source "image" }}
  image:
    reference: {{ .values.models.image.reference | default (include "fovea.modelImage" .) }}
    pullPolicy: {{ .values.models.image.pullPolicy }}
{{- else }}
  emptyDir: {sizeLimit: {{ .values.models.initContainer.sizeLimit }}}
{{- end }}
{{- end }}

{{- define "fovea.modelCopy" -}}
{{- $copy := .values.models.initContainer -}}
- name: models
  image: {{ $copy.image | default (include "fovea.modelImage" .) }}
  imagePullPolicy: {{ $copy.pullPolicy }}
  {{- with $copy.command }}
  command:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- $own := or $copy.command $copy.args | empty }}
  {{- with $own | ternary (list "models" "copy" "/models" "/target") $copy.args }}
  args:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $copy.env }}
  env:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    {{- include "fovea.containerSecurity" . | nindent 4 }}
  resources:
    {{- toYaml $copy.resources | nindent 4 }}
  volumeMounts:
    - {name: models, mountPath: /target}
    - {name: tmp, mountPath: /tmp}
{{- end }}
