package dev.fovea.tests.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// A node of OpenSearch as a program, with the distribution's `lib` as class path.
///
/// The distribution's own start refuses to run as root and takes no free-standing settings; this uses what it starts in
/// the end. By reflection, so that no OpenSearch class is on the class path of the tests.
public final class OpenSearchNodeProgram {

    private OpenSearchNodeProgram() {}

    /// @param arguments the folder of configuration, then settings as `key=value`
    public static void main(String[] arguments) throws ReflectiveOperationException, IOException, InterruptedException {
        Path configuration = Files.createDirectories(Path.of(arguments[0]));
        Map<String, String> settings = new TreeMap<>();
        for (String setting : Arrays.asList(arguments).subList(1, arguments.length)) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        AutoCloseable node = node(settings, configuration);
        node.getClass().getMethod("start").invoke(node);
        new CountDownLatch(1).await();
    }

    private static AutoCloseable node(Map<String, String> settings, Path configuration)
            throws ReflectiveOperationException {
        Class<?> settingsType = Class.forName("org.opensearch.common.settings.Settings");
        Object builder = settingsType.getMethod("builder").invoke(null);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            builder.getClass()
                    .getMethod("put", String.class, String.class)
                    .invoke(builder, setting.getKey(), setting.getValue());
        }
        Object built = builder.getClass().getMethod("build").invoke(builder);
        Supplier<String> name = () -> settings.getOrDefault("node.name", "node");
        Object environment = Class.forName("org.opensearch.node.InternalSettingsPreparer")
                .getMethod("prepareEnvironment", settingsType, Map.class, Path.class, Supplier.class)
                .invoke(null, built, Map.of(), configuration, name);
        Class<?> environmentType = Class.forName("org.opensearch.env.Environment");
        return Class.forName("org.opensearch.node.Node")
                .asSubclass(AutoCloseable.class)
                .getConstructor(environmentType)
                .newInstance(environment);
    }
}
