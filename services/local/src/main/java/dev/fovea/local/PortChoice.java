package dev.fovea.local;

import java.util.OptionalInt;

/// Which port something shall listen on.
///
/// @param option its name on the command line, for messages
/// @param wanted empty for the usual one, or any free one where that is taken
record PortChoice(String option, OptionalInt wanted, int usual) {}
