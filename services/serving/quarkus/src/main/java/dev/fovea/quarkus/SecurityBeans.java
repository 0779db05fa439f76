package dev.fovea.quarkus;

import dev.fovea.grpc.Admission;
import dev.fovea.grpc.AdmissionInterceptor;
import dev.fovea.grpc.StatusMapping;
import dev.fovea.quarkus.config.GrpcAuthConfig;
import dev.fovea.quarkus.config.ServingConfig;
import dev.fovea.quarkus.metrics.RefusedCalls;
import dev.fovea.quarkus.security.Authentication;
import dev.fovea.quarkus.security.GrpcTls;
import dev.fovea.quarkus.security.GuardedEntrance;
import dev.fovea.quarkus.security.OpenPort;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Produces what secures the gRPC port.
public final class SecurityBeans {

    @Produces
    @Singleton
    GrpcTls tls(ServingConfig config) {
        return new GrpcTls(
                ConfiguredSecurity.tls(config.grpc().tls()), config.grpc().tls().reload());
    }

    void close(@Disposes GrpcTls tls) {
        tls.close();
    }

    /// Closed with the service's other parts.
    @Produces
    @Singleton
    Authentication authentication(ServingConfig config) {
        GrpcAuthConfig auth = config.grpc().auth();
        return new Authentication(
                ConfiguredSecurity.tokens(auth), ConfiguredSecurity.oidc(auth), ConfiguredSecurity.rules(auth));
    }

    @Produces
    @Singleton
    RefusedCalls refusals(MeterRegistry registry) {
        return new RefusedCalls(registry);
    }

    @Produces
    @Singleton
    @GlobalInterceptor
    GuardedEntrance entrance(
            Authentication authentication, Admission admission, StatusMapping statuses, RefusedCalls refusals) {
        return new GuardedEntrance(authentication.interceptor(refusals), new AdmissionInterceptor(admission, statuses));
    }

    void start(
            @Observes StartupEvent event,
            GrpcTls tls,
            Authentication authentication,
            @ConfigProperty(name = "quarkus.grpc.server.host", defaultValue = "0.0.0.0") String host) {
        OpenPort.warn(host, tls, authentication);
    }
}
