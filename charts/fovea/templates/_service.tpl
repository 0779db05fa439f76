{{/*
What a service of this release is: its settings over the defaults, and what follows from them.
*/}}

{{/* key: component, of the services that are enabled. */}}
{{- define "fovea.services" -}}
{{- $components := dict "patchDescription" "patch-description"
    "fineGrainedClassification" "fine-grained-classification" "globalRetrieval" "global-retrieval" }}
{{- range $key, $component := $components }}
{{- if (get $.Values.services $key).enabled }}
{{ $key }}: {{ $component }}
{{- end }}
{{- end }}
{{- end }}

{{/* The values "over" over "base": maps key by key, everything else, false and empty lists too, replaces. */}}
{{- define "fovea.merge" -}}
{{- $merged := deepCopy .base }}
{{- range $key, $value := .over }}
{{- $below := get $merged $key }}
{{- if and (kindIs "map" $value) (kindIs "map" $below) }}
{{- $value = include "fovea.merge" (dict "base" $below "over" $value) | fromYaml }}
{{- end }}
{{- $_ := set $merged $key $value }}
{{- end }}
{{- toYaml $merged }}
{{- end }}

{{/* Fills a context of root and key in: component, name, values. Nothing is printed. */}}
{{- define "fovea.context" -}}
{{- $component := get (include "fovea.services" .root | fromYaml) .key }}
{{- $over := get .root.Values.services .key }}
{{- $_ := set . "component" $component }}
{{- $_ := set . "name" (printf "%s-%s" (include "fovea.fullname" .root) $component) }}
{{- $_ := set . "values" (include "fovea.merge" (dict "base" .root.Values.defaults "over" $over) | fromYaml) }}
{{- include "fovea.checkService" . }}
{{- end }}

{{/* "true" where the index lies in the process: one pod, with a volume that stays. */}}
{{- define "fovea.stateful" -}}
{{- if eq .key "globalRetrieval" }}
{{- if eq .values.index.engine "lucene" }}true{{ end }}
{{- end }}
{{- end }}

{{- define "fovea.scaled" -}}
{{- if ne .values.autoscaling.type "none" }}true{{ end }}
{{- end }}

{{/* Most pods that will be wanted at a time. */}}
{{- define "fovea.most" -}}
{{- include "fovea.scaled" . | eq "true" | ternary .values.autoscaling.maxReplicas .values.replicas | int }}
{{- end }}

{{/* Fewest pods at a time: none where KEDA may take the last one away. */}}
{{- define "fovea.fewest" -}}
{{- include "fovea.scaled" . | eq "true" | ternary .values.autoscaling.minReplicas .values.replicas | int }}
{{- end }}

{{/*
Pods beyond the wanted ones while a new version rolls out. A pod without a partition never becomes ready, and one that
waits for a GPU that its predecessor holds neither: then the old one goes first.
*/}}
{{- define "fovea.surge" -}}
{{- if ne (toString .values.rollout.surge) "auto" }}
{{- .values.rollout.surge | int }}
{{- else if or .values.gpu.enabled (and .root.Values.kafka.enabled
    (ge (include "fovea.most" . | int) (.root.Values.kafka.partitions | int))) }}
{{- 0 }}
{{- else }}
{{- 1 }}
{{- end }}
{{- end }}

{{/* Probes of the start until the load time is over: period 5 s, one more for the last to be answered. */}}
{{- define "fovea.startupFailures" -}}
{{- add1 (div (add (.values.startup.maxLoadTime | int) 4) 5) }}
{{- end }}

{{/* preStop, then what is in flight, then the last commit and the end of the process. */}}
{{- define "fovea.gracePeriod" -}}
{{- add .values.drain.preStop .values.drain.limit .values.drain.exit }}
{{- end }}

{{/*
A rollout may take what one pod takes: the old one's end where it goes first, images and models on their way,
loading, and a minute to be scheduled and to get partitions.
*/}}
{{- define "fovea.progressDeadline" -}}
{{- $loading := mul 5 (include "fovea.startupFailures" . | int) }}
{{- add (include "fovea.gracePeriod" . | int) .values.startup.maxFetchTime $loading 60 }}
{{- end }}
