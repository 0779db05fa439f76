package dev.fovea.tests.contract.service;

/// A result as it came through the results topic.
///
/// @param imageId of the image event
public record ServiceResult(String imageId, ServiceAnswer answer) {}
