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

    /// One sentence for each problem, quoting key, value (unless it may be a secret), range and default; empty if
    /// there is none.
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (SettingSpec setting : settings) {
            for (String key : keys(setting)) {
                List<String> values = values(setting, key);
                if (values.isEmpty() && setting.required()) {
                    problems.add(key + " is missing: " + setting.setting().is() + " (" + setting.range() + ")");
                }
                values.forEach(value -> problem(setting, key, value).ifPresent(problems::add));
            }
        }
        problems.addAll(unknownKeys());
        return problems;
    }

    /// Of a map, and of groups of which there are several, those that are configured.
    private List<String> keys(SettingSpec setting) {
        if (setting.form() != SettingSpec.Form.MAP && !setting.grouped()) {
            return List.of(setting.key());
        }
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(setting::is)
                .sorted()
                .toList();
    }

    private List<String> values(SettingSpec setting, String key) {
        if (setting.form() == SettingSpec.Form.ONE || setting.form() == SettingSpec.Form.MAP) {
            return Optional.ofNullable(config.getConfigValue(key).getValue())
                    .filter(value -> !value.isBlank())
                    .map(List::of)
                    .orElse(List.of());
        }
        return config.getOptionalValues(key, String.class).orElse(List.of());
    }

    private Optional<String> problem(SettingSpec setting, String key, String value) {
        String text = value.strip();
        List<String> choices = ValueKind.choices(setting);
        if (!choices.isEmpty()) {
            boolean known = choices.contains(text.toLowerCase(Locale.ROOT).replace('_', '-'));
            return known
                    ? Optional.empty()
                    : Optional.of(sentence(setting, key, value, "none of " + setting.choices()));
        }
        Object converted;
        try {
            converted = config.requireConverter(setting.type()).convert(text);
        } catch (RuntimeException unreadable) {
            return Optional.of(
                    sentence(setting, key, value, "not " + setting.kind() + "; allowed is " + setting.range()));
        }
        return converted == null || inRange(setting, converted)
                ? Optional.empty()
                : Optional.of(sentence(setting, key, value, "outside " + setting.range()));
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

    private static String sentence(SettingSpec setting, String key, String value, String wrong) {
        String shown = setting.setting().secret() ? "" : " = " + value;
        return key + shown + " is " + wrong + " (default: " + setting.defaultText() + ")";
    }

    /// Environment variables are left out: their names cannot be told apart from those of other programs. Values are
    /// not quoted: a password under a key with a slip in it would be told to everyone who reads the log.
    private List<String> unknownKeys() {
        var unknown = new TreeSet<String>();
        StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .filter(source -> !source.getName().startsWith("EnvConfigSource"))
                .map(ConfigSource::getPropertyNames)
                .forEach(names -> names.stream()
                        .filter(name -> name.startsWith(OURS) && !isKnown(name))
                        .forEach(unknown::add));
        return unknown.stream()
                .map(name -> name + " is not a key"
                        + nearest(name)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""))
                .toList();
    }

    private boolean isKnown(String name) {
        String plain = name.replaceAll("\\[\\d+]$", "");
        return settings.stream().anyMatch(setting -> setting.is(plain));
    }

    private Optional<String> nearest(String name) {
        int limit = Math.max(2, name.length() / 6);
        return settings.stream()
                .map(setting -> setting.inGroupOf(name))
                .filter(key -> EditDistance.between(key, name) <= limit)
                .min((a, b) -> Integer.compare(EditDistance.between(a, name), EditDistance.between(b, name)));
    }
}
