/// How a running service is called: connection, failures in words, repeats, many calls at once.
///
/// It knows no command and no option but where the service is.
@NullMarked
package dev.fovea.builder.index.client;

import org.jspecify.annotations.NullMarked;
