package dev.fovea.builder.fit;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// How a fit went.
///
/// @param how for a person, kept in the manifest: what was fitted to what
/// @param figures for a program
record FitAccount(String how, ObjectNode figures) {}
