{{/*
Alerts of one service as a list of alert, for, severity, expr and summary. Each has a section in charts/OPERATIONS.md.
The label "job" is what the ServiceMonitor makes it, the name of the Service.
*/}}

{{- define "fovea.alerts" -}}
{{- $of := printf "namespace=%q,job=%q" .root.Release.Namespace .name }}
{{- $limits := .root.Values.monitoring.prometheusRule.thresholds }}
{{- include "fovea.alertsOfService" (dict "of" $of "limits" $limits "values" .values) }}
{{- if include "fovea.authenticated" . }}
{{- include "fovea.alertsOfCallers" (dict "of" $of) }}
{{- end }}
{{- if .root.Values.kafka.enabled }}
{{- include "fovea.alertsOfKafka" (dict "of" $of "limits" $limits) }}
{{- end }}
{{- if .values.gpu.enabled }}
{{- include "fovea.alertsOfGpu" (dict "of" $of) }}
{{- end }}
{{- if include "fovea.stateful" . }}
{{- include "fovea.alertsOfIndex" (dict "of" $of "limits" $limits) }}
{{- end }}
{{- end }}

{{- define "fovea.alertsOfService" -}}
{{- $queue := get .values.config "fovea.batching.max-queued-rows" | default 16384 }}
{{- $instances := get .values.config "fovea.instances" | default 1 }}
{{- if gt (include "fovea.fewest" . | int) 0 }}
- alert: FoveaNotReady
  for: 5m
  severity: critical
  expr: absent(fovea_ready{ {{- .of -}} } == 1)
  summary: no pod is ready
{{- end }}
- alert: FoveaReadinessFlapping
  for: 5m
  severity: warning
  expr: changes(fovea_ready{ {{- .of -}} }[15m]) > 4
  summary: a pod has changed between ready and not ready more than four times in 15 minutes
- alert: FoveaModelNotServing
  for: {{ add .values.startup.maxLoadTime 60 }}s
  severity: critical
  expr: min by (pod, model) (fovea_model_serving{ {{- .of -}} }) == 0
  summary: a model does not serve, for longer than it may take to load
{{- if gt (int $instances) 1 }}
- alert: FoveaModelInstancesLost
  for: 5m
  severity: warning
  expr: min by (pod, model) (fovea_model_instances{ {{- .of -}} } < {{ $instances }} and fovea_model_serving{ {{- .of -}} } == 1)
  summary: a model serves with fewer instances than configured
{{- end }}
- alert: FoveaQueueSaturated
  for: 5m
  severity: warning
  expr: max by (pod, model, lane) (fovea_queue_rows{ {{- .of -}} }) > {{ mulf .limits.queueShare $queue }}
  summary: the queue of a model has been nearly full for 5 minutes
- alert: FoveaRequestsRefused
  for: 5m
  severity: warning
  expr: >-
    sum by (model, code) (rate(fovea_entries_refused_total{ {{- .of -}} }[5m])) > 0
    or sum by (code) (rate(fovea_grpc_refused_calls_total{ {{- .of -}} ,code=~".*_OVERLOADED"}[5m])) > 0
  summary: calls or events are refused because too much is in flight or waits
- alert: FoveaErrors
  for: 10m
  severity: critical
  expr: >-
    sum(rate(grpc_server_processing_duration_seconds_count{ {{- .of -}} ,statusCode=~"INTERNAL|UNKNOWN|UNAVAILABLE|DEADLINE_EXCEEDED"}[5m]))
    / sum(rate(grpc_server_processing_duration_seconds_count{ {{- .of -}} }[5m])) > {{ .limits.errorShare }}
  summary: more calls fail by the service's fault than tolerated
- alert: FoveaSlow
  for: 10m
  severity: warning
  expr: >-
    histogram_quantile(0.99, sum by (le, stage) (rate(fovea_stage_duration_seconds_bucket{ {{- .of -}} ,lane="interactive"}[5m])))
    > {{ .limits.latency }}
  summary: one stage takes too long in the slowest hundredth of calls
{{ end }}

{{- define "fovea.alertsOfCallers" -}}
- alert: FoveaCallersRefused
  for: 15m
  severity: warning
  expr: sum by (code) (rate(fovea_grpc_refused_calls_total{ {{- .of -}} ,code=~"TOKEN_.*|METHOD_NOT_ALLOWED"}[5m])) > 0
  summary: callers have been refused for their tokens or roles for 15 minutes
{{ end }}

{{- define "fovea.alertsOfKafka" -}}
- alert: FoveaLagGrowing
  for: 15m
  severity: warning
  expr: >-
    sum by (topic) (fovea_kafka_lag{ {{- .of -}} }) > {{ .limits.lag }}
    and sum by (topic) (deriv(fovea_kafka_lag{ {{- .of -}} }[15m])) > 0
  summary: events arrive faster than they are consumed
- alert: FoveaDeadLetters
  for: 0m
  severity: warning
  # The first one makes the series, which increase() does not see.
  expr: >-
    sum by (topic, code) (increase(fovea_kafka_dead_letters_total{ {{- .of -}} }[10m])) > 0
    or sum by (topic, code) (fovea_kafka_dead_letters_total{ {{- .of -}} })
    unless sum by (topic, code) (fovea_kafka_dead_letters_total{ {{- .of -}} } offset 10m)
  summary: events have become dead letters
- alert: FoveaCommitsFailing
  for: 5m
  severity: critical
  expr: sum by (pod, topic, cause) (rate(fovea_kafka_commit_failures_total{ {{- .of -}} }[5m])) > 0
  summary: results and offsets cannot be committed; they are kept and tried again
- alert: FoveaConsumerPaused
  for: 10m
  severity: warning
  expr: min by (pod, topic) (min_over_time(fovea_kafka_paused{ {{- .of -}} }[5m])) == 1
  summary: a consumer has not taken events for 10 minutes, what is in flight does not finish
{{ end }}

{{- define "fovea.alertsOfGpu" -}}
- alert: FoveaGpuNotUsed
  for: 5m
  severity: warning
  expr: max by (pod, model, providers) (fovea_model_info{ {{- .of -}} ,providers!~".*(cuda|tensorrt).*"}) == 1
  summary: a pod holds a GPU and a model of it runs on the processor
- alert: FoveaGpuIdle
  for: 1h
  severity: warning
  expr: >-
    sum by (pod) (fovea_model_serving{ {{- .of -}} }) > 0
    unless sum by (pod) (increase(fovea_batch_dispatched_total{ {{- .of -}} ,cause!="probe"}[30m])) > 0
  summary: a pod holds a GPU and has run no batch for more than an hour
{{ end }}

{{- define "fovea.alertsOfIndex" -}}
- alert: FoveaIndexDiskLow
  for: 5m
  severity: critical
  expr: min by (pod) (fovea_index_disk_free_bytes{ {{- .of -}} } / fovea_index_disk_total_bytes{ {{- .of -}} }) < {{ .limits.diskFree }}
  summary: the volume of the index is nearly full; below the reserve writes are refused
{{ end }}
