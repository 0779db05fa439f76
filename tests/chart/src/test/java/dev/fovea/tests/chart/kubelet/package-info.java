/// A kubelet in small: the pods that the chart renders, run as processes of this machine with the environment,
/// arguments, configuration, Secrets and probes of their workloads, beside a real broker.
///
/// It is no container runtime: what a process cannot be held to is in `KnownFields`, each with what would have done it.
/// Where podman is, `PodmanIT` runs a pod of containers with the same probes.
@NullMarked
package dev.fovea.tests.chart.kubelet;

import org.jspecify.annotations.NullMarked;
