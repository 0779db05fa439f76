package dev.fovea.tests.chart.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Kubernetes' own kinds, by the classes that its project generates from the API server's description.
///
/// The classes find unknown and missing fields and wrong structure; the round trip finds scalars that they would
/// coerce; [ApiServerChecks] what the description does not say.
final class BuiltInKinds implements Validator.KindsOf {

    private static final Map<String, Class<?>> CLASSES = Map.ofEntries(
            Map.entry("v1 ConfigMap", V1ConfigMap.class),
            Map.entry("v1 PersistentVolumeClaim", V1PersistentVolumeClaim.class),
            Map.entry("v1 Pod", V1Pod.class),
            Map.entry("v1 Secret", V1Secret.class),
            Map.entry("v1 Service", V1Service.class),
            Map.entry("v1 ServiceAccount", V1ServiceAccount.class),
            Map.entry("apps/v1 Deployment", V1Deployment.class),
            Map.entry("apps/v1 StatefulSet", V1StatefulSet.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class),
            Map.entry("batch/v1 Job", V1Job.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy.class),
            Map.entry("policy/v1 PodDisruptionBudget", V1PodDisruptionBudget.class));

    @Override
    public boolean knows(String apiVersion, String kind) {
        return CLASSES.containsKey(apiVersion + " " + kind);
    }

    @Override
    public List<String> problems(JsonNode document) {
        Class<?> type = Objects.requireNonNull(CLASSES.get(document.path("apiVersion")
                        .asText() + " " + document.path("kind").asText()));
        List<String> problems = new ArrayList<>(ApiServerChecks.problems(document));
        JsonElement element = JsonParser.parseString(document.toString());
        try {
            type.getMethod("validateJsonElement", JsonElement.class).invoke(null, element);
            Gson gson = JSON.getGson();
            problems.addAll(RoundTrip.losses(
                    document, RoundTrip.read(gson.toJson(gson.fromJson(element, type))), RoundTrip.QUANTITIES));
        } catch (InvocationTargetException refused) {
            problems.add(String.valueOf(refused.getCause()));
        } catch (ReflectiveOperationException absent) {
            throw new IllegalStateException(type + " cannot be asked", absent);
        } catch (RuntimeException unreadable) {
            problems.add(unreadable.toString());
        }
        return problems;
    }
}
