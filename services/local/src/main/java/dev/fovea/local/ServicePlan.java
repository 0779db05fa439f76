package dev.fovea.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One of the services that the program starts: all in which they differ.
///
/// @param name of its module, its log and its dead letters
/// @param results topic of its results
/// @param configuration by property name, besides what all have
/// @param reception what becomes of its results
/// @param example a gRPC call to try
record ServicePlan(
        String name,
        String results,
        PortChoice grpc,
        PortChoice http,
        Map<String, String> configuration,
        Reception reception,
        Example example) {

    ServicePlan {
        configuration = Map.copyOf(configuration);
    }

    /// @param method with its service: `fovea.v1.PatchDescription/Describe`
    /// @param request JSON; `%s` stands for the image
    record Example(String method, String request) {}

    String deadLetters() {
        return "fovea." + name + ".dead-letters";
    }

    List<String> topics() {
        return List.of(results, deadLetters());
    }

    /// The built service.
    ///
    /// @param services folder of the services' modules
    static Path jar(Path services, String name) {
        return services.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
    }
}
