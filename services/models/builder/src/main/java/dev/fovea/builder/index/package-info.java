/// The commands `fovea index …`: what a person asks of a running global retrieval service.
///
/// It opens no index, runs no model and decides nothing that the service decides.
@NullMarked
package dev.fovea.builder.index;

import org.jspecify.annotations.NullMarked;
