package dev.fovea.quarkus.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads the keys out of configuration interfaces.
public final class SettingReader {

    private SettingReader() {}

    /// All keys of the given interfaces, sorted.
    ///
    /// @throws IllegalArgumentException if an interface is no `ConfigMapping` or a key has no [Setting]
    public static List<SettingSpec> read(List<Class<?>> mappings) {
        List<SettingSpec> settings = new ArrayList<>();
        for (Class<?> mapping : mappings) {
            ConfigMapping root = mapping.getAnnotation(ConfigMapping.class);
            if (root == null) {
                throw new IllegalArgumentException(mapping + " is not a configuration interface");
            }
            collect(mapping, root.prefix(), settings);
        }
        settings.sort(Comparator.comparing(SettingSpec::key));
        return List.copyOf(settings);
    }

    private static void collect(Class<?> group, String prefix, List<SettingSpec> into) {
        for (Method method : group.getMethods()) {
            String key = prefix + "." + name(method);
            Setting setting = method.getAnnotation(Setting.class);
            if (setting != null) {
                into.add(spec(key, method, setting));
            } else if (method.getReturnType() == Map.class) {
                collect(valueType(method.getGenericReturnType()), key + "." + SettingSpec.ANY, into);
            } else if (method.getReturnType().isInterface()) {
                collect(method.getReturnType(), key, into);
            } else {
                throw new IllegalArgumentException(key + " (" + method + ") is not documented by a Setting");
            }
        }
    }

    private static SettingSpec spec(String key, Method method, Setting setting) {
        Optional<String> byDefault =
                Optional.ofNullable(method.getAnnotation(WithDefault.class)).map(WithDefault::value);
        Type type = method.getGenericReturnType();
        if (type == OptionalInt.class) {
            return new SettingSpec(key, Integer.class, SettingSpec.Form.OPTIONAL, setting, byDefault);
        }
        SettingSpec.Form form = form(type);
        return new SettingSpec(key, valueType(type), form, setting, byDefault);
    }

    private static SettingSpec.Form form(Type type) {
        if (!(type instanceof ParameterizedType parameterized)) {
            return SettingSpec.Form.ONE;
        }
        if (parameterized.getRawType() == Map.class) {
            return SettingSpec.Form.MAP;
        }
        return parameterized.getRawType() == Optional.class ? SettingSpec.Form.OPTIONAL : SettingSpec.Form.LIST;
    }

    /// The innermost value's type: `Path` of `Optional<List<Path>>`.
    private static Class<?> valueType(Type type) {
        return switch (type) {
            case ParameterizedType parameterized ->
                valueType(parameterized.getActualTypeArguments()[parameterized.getActualTypeArguments().length - 1]);
            case Class<?> plain -> boxed(plain);
            default -> throw new IllegalArgumentException(type + " cannot be configured");
        };
    }

    private static Class<?> boxed(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }

    private static String name(Method method) {
        WithName given = method.getAnnotation(WithName.class);
        return given != null
                ? given.value()
                : method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
