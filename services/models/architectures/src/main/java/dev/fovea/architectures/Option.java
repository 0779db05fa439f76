package dev.fovea.architectures;

/// An option of an architecture, for the help text and for defaults.
///
/// @param name as in the published code, lower case with underscores: `patch_size`
/// @param defaultValue what holds if the option is not given
/// @param allowed range or choices: `5 to 256`
/// @param meaning one line, with the unit
public record Option(String name, String defaultValue, String allowed, String meaning) {

    /// Whether it is true or false, so that naming it is enough to mean true.
    public boolean isFlag() {
        return defaultValue.equals("true") || defaultValue.equals("false");
    }
}
