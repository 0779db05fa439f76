package dev.fovea.quarkus.config;

import java.util.List;
import java.util.stream.Collectors;

/// The keys as a Markdown table.
public final class ConfigurationTable {

    private ConfigurationTable() {}

    /// One line a key, in the order given.
    public static String markdown(List<SettingSpec> settings) {
        return settings.stream()
                .map(ConfigurationTable::line)
                .collect(Collectors.joining("", "| key | allowed | default | what it is |\n|---|---|---|---|\n", ""));
    }

    private static String line(SettingSpec setting) {
        return "| `" + setting.key() + (setting.form() == SettingSpec.Form.MAP ? ".*" : "") + "` | "
                + cell((setting.form() == SettingSpec.Form.LIST ? "list: " : "") + setting.range()) + " | "
                + cell(setting.byDefault().map(text -> "`" + text + "`").orElseGet(setting::defaultText)) + " | "
                + cell(setting.setting().is()) + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
