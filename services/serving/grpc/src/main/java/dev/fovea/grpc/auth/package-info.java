/// Who calls, by bearer token, and what they may call.
///
/// It issues no tokens, remembers no sessions and knows no framework.
@NullMarked
package dev.fovea.grpc.auth;

import org.jspecify.annotations.NullMarked;
