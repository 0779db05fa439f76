package dev.fovea.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// The checks that every settings record makes, with messages that name the setting, its value and its range.
final class Settings {

    private Settings() {}

    static void notBlank(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is empty");
        }
    }

    static <T extends Comparable<T>> void inRange(String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " = " + value + " is outside the range " + least + " to " + most);
        }
    }

    static String hostName() {
        String fromEnvironment = System.getenv("HOSTNAME");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return fromEnvironment;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException noName) {
            return "localhost";
        }
    }
}
