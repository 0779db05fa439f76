package dev.fovea.quarkus.security;

import dev.fovea.proto.v1.FineGrainedClassificationGrpc;
import dev.fovea.proto.v1.GlobalRetrievalGrpc;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.ServiceInfoGrpc;
import io.grpc.MethodDescriptor;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Full names of the methods that rules can be about: those of all our services, as one set of rules may be given to
/// several of them, and reflection.
public final class CallableMethods {

    private static final Set<String> REFLECTION = Set.of(
            "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
            "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");

    private CallableMethods() {}

    /// All of them.
    public static Set<String> all() {
        Stream<String> ours = Stream.of(
                        PatchDescriptionGrpc.getServiceDescriptor(),
                        FineGrainedClassificationGrpc.getServiceDescriptor(),
                        GlobalRetrievalGrpc.getServiceDescriptor(),
                        ServiceInfoGrpc.getServiceDescriptor())
                .flatMap(service -> service.getMethods().stream())
                .map(MethodDescriptor::getFullMethodName);
        return Stream.concat(ours, REFLECTION.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
