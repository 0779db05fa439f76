package dev.fovea.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What one of the services that the program starts answers, and how it is started.
///
/// @param name of its module, its log and its dead letters
/// @param events topic that it answers
/// @param results topic of its results
/// @param reception what becomes of its results
/// @param example a gRPC call to try
record ServicePlan(String name, String events, String results, Launch launch, Reception reception, Example example) {

    /// How its process is started.
    ///
    /// @param jvm options of the Java virtual machine
    /// @param configuration by property name, besides what all services have
    record Launch(PortChoice grpc, PortChoice http, List<String> jvm, Map<String, String> configuration) {

        Launch {
            jvm = List.copyOf(jvm);
            configuration = Map.copyOf(configuration);
        }
    }

    /// @param method with its service: `fovea.v1.PatchDescription/Describe`
    /// @param request JSON; `%s` stands for the image
    record Example(String method, String request) {}

    PortChoice grpc() {
        return launch.grpc;
    }

    PortChoice http() {
        return launch.http;
    }

    /// The same service, answering other events.
    ServicePlan answering(String otherEvents, String otherResults, Reception otherReception) {
        return new ServicePlan(name, otherEvents, otherResults, launch, otherReception, example);
    }

    String deadLetters() {
        return "fovea." + name + ".dead-letters";
    }

    /// Where its answers are.
    List<String> answers() {
        return List.of(results, deadLetters());
    }

    /// The built service.
    ///
    /// @param services folder of the services' modules
    static Path jar(Path services, String name) {
        return services.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
    }
}
