package dev.fovea.quarkus;

/// Which service this process is; every service produces one.
///
/// @param name folder under `services/`, for example `patch-description`
/// @param version of the build
/// @param resultTopic where results go unless configured otherwise
public record ServiceIdentity(String name, String version, String resultTopic) {}
