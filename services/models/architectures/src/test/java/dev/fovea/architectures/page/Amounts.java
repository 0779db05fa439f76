package dev.fovea.architectures.page;

import java.util.Locale;

/// Large numbers as people read them.
final class Amounts {

    private static final long THOUSAND = 1_000;

    private Amounts() {}

    /// Every digit: `1,334,560`.
    static String exact(long amount) {
        return amount == 0 ? "" : String.format(Locale.ROOT, "%,d", amount);
    }

    /// Three digits: `39.1 M`; nothing for 0.
    static String rounded(long amount) {
        if (amount == 0) {
            return "";
        }
        String[] units = {"", " k", " M", " G"};
        double value = amount;
        int unit = 0;
        while (value >= THOUSAND && unit < units.length - 1) {
            value /= THOUSAND;
            unit++;
        }
        int digits = unit == 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f%s", value, units[unit]);
    }
}
