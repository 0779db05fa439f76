package dev.fovea.builder.evaluate.patches;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.builder.evaluate.patches.DescriptorScores.Tasks;

/// The report for programs; shares are 0 to 1, what could not be measured is absent.
final class ReportJson {

    private ReportJson() {}

    static ObjectNode of(EvaluationReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        EvaluationSettings settings = report.settings();
        json.putObject("settings")
                .put("patches", settings.patches())
                .put("keypoints", settings.keypoints())
                .put("pairs", settings.pairs())
                .put("seed", settings.seed());
        ArrayNode sequences = json.putArray("sequences");
        report.sequences().forEach(sequence -> sequences
                .addObject()
                .put("name", sequence.name())
                .put("images", sequence.images())
                .put("patches", sequence.patches()));
        ArrayNode descriptors = json.putArray("descriptors");
        report.descriptors().forEach(scores -> descriptors.add(descriptor(scores)));
        return json;
    }

    private static ObjectNode descriptor(DescriptorScores scores) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", scores.name()).put("dimension", scores.dimension());
        ObjectNode noise = json.putObject("noise");
        scores.byNoise().forEach((level, tasks) -> noise.set(level.toString(), tasks(tasks)));
        ObjectNode mean = json.putObject("mean");
        mean.put("verificationAp", scores.mean(tasks -> tasks.verification().averagePrecision()));
        mean.put("fpr95", scores.mean(tasks -> tasks.verification().falsePositives()));
        mean.put("matchingMap", scores.mean(Tasks::matching));
        scores.meanRetrieval().ifPresent(retrieval -> mean.put("retrievalMap", retrieval));
        mean.put("homographyMaa", scores.meanAverageAccuracy());
        ArrayNode maps = json.putArray("homographies");
        for (EstimatedMap map : scores.maps()) {
            ObjectNode one = maps.addObject()
                    .put("sequence", map.sequence())
                    .put("image", map.view())
                    .put("matches", map.matches())
                    .put("inliers", map.inliers());
            if (Double.isFinite(map.cornerErrorPx())) {
                one.put("cornerErrorPx", map.cornerErrorPx());
            }
        }
        return json;
    }

    private static ObjectNode tasks(Tasks tasks) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("verificationApIntra", tasks.verification().intra());
        tasks.verification().inter().ifPresent(inter -> json.put("verificationApInter", inter));
        json.put("verificationAp", tasks.verification().averagePrecision());
        json.put("fpr95", tasks.verification().falsePositives());
        json.put("matchingMap", tasks.matching());
        tasks.retrieval().ifPresent(retrieval -> json.put("retrievalMap", retrieval));
        return json;
    }
}
