package dev.fovea.quarkus.config;

import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.spi.ConfigSource;

/// Compares configured values with what their keys may hold, all of them before anything starts: SmallRye's own check
/// stops at what it cannot convert, and quotes neither range nor default.
public final class ConfigurationCheck {

    private static final String OURS = "fovea.";

    private final List<SettingSpec> settings;
    private final SmallRyeConfig config;

    public ConfigurationCheck(List<SettingSpec> settings, SmallRyeConfig config) {
        this.settings = List.copyOf(settings);
        this.config = config;
    }

    /// One sentence for each problem, quoting key, value, range and default; empty if there is none.
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (SettingSpec setting : settings) {
            if (setting.form() == SettingSpec.Form.MAP) {
                continue; // any text is allowed
            }
            List<String> values = values(setting);
            if (values.isEmpty() && setting.required()) {
                problems.add(setting.key() + " is missing: " + setting.setting().is() + " (" + setting.range() + ")");
            }
            values.forEach(value -> problem(setting, value).ifPresent(problems::add));
        }
        problems.addAll(unknownKeys());
        return problems;
    }

    private List<String> values(SettingSpec setting) {
        if (setting.form() == SettingSpec.Form.ONE) {
            return Optional.ofNullable(config.getConfigValue(setting.key()).getValue())
                    .filter(value -> !value.isBlank())
                    .map(List::of)
                    .orElse(List.of());
        }
        return config.getOptionalValues(setting.key(), String.class).orElse(List.of());
    }

    private Optional<String> problem(SettingSpec setting, String value) {
        String text = value.strip();
        List<String> choices = ValueKind.choices(setting);
        if (!choices.isEmpty()) {
            boolean known = choices.contains(text.toLowerCase(Locale.ROOT).replace('_', '-'));
            return known ? Optional.empty() : Optional.of(sentence(setting, value, "none of " + setting.choices()));
        }
        Object converted;
        try {
            converted = config.requireConverter(setting.type()).convert(text);
        } catch (RuntimeException unreadable) {
            return Optional.of(sentence(setting, value, "not " + setting.kind() + "; allowed is " + setting.range()));
        }
        return converted == null || inRange(setting, converted)
                ? Optional.empty()
                : Optional.of(sentence(setting, value, "outside " + setting.range()));
    }

    private boolean inRange(SettingSpec setting, Object value) {
        String from = setting.setting().from();
        String to = setting.setting().to();
        return (from.isEmpty() || ValueKind.magnitude(value) >= bound(setting, from))
                && (to.isEmpty() || ValueKind.magnitude(value) <= bound(setting, to));
    }

    private double bound(SettingSpec setting, String text) {
        return ValueKind.magnitude(config.requireConverter(setting.type()).convert(text));
    }

    private static String sentence(SettingSpec setting, String value, String wrong) {
        return setting.key() + " = " + value + " is " + wrong + " (default: " + setting.defaultText() + ")";
    }

    /// Environment variables are left out: their names cannot be told apart from those of other programs.
    private List<String> unknownKeys() {
        var unknown = new TreeSet<String>();
        StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .filter(source -> !source.getName().startsWith("EnvConfigSource"))
                .map(ConfigSource::getPropertyNames)
                .forEach(names -> names.stream()
                        .filter(name -> name.startsWith(OURS) && !isKnown(name))
                        .forEach(unknown::add));
        return unknown.stream()
                .map(name -> name + " = " + config.getConfigValue(name).getValue() + " is not a key"
                        + nearest(name)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""))
                .toList();
    }

    private boolean isKnown(String name) {
        String plain = name.replaceAll("\\[\\d+]$", "");
        return settings.stream()
                .anyMatch(setting -> setting.form() == SettingSpec.Form.MAP
                        ? plain.startsWith(setting.key() + ".")
                        : plain.equals(setting.key()));
    }

    private Optional<String> nearest(String name) {
        int limit = Math.max(2, name.length() / 6);
        return settings.stream()
                .map(SettingSpec::key)
                .filter(key -> EditDistance.between(key, name) <= limit)
                .min((a, b) -> Integer.compare(EditDistance.between(a, name), EditDistance.between(b, name)));
    }
}
