package dev.fovea.quarkus;

import dev.fovea.imaging.OpenCv;
import dev.fovea.quarkus.config.ConfigurationCheck;
import dev.fovea.quarkus.config.SettingReader;
import io.quarkus.runtime.Quarkus;
import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.ConfigProvider;

/// Starts a service, after telling everything that is wrong with its configuration at once.
public final class ServiceProgram {

    /// Exit status of a process whose configuration is refused.
    public static final int CONFIGURATION_REFUSED = 2;

    private ServiceProgram() {}

    /// Runs until the process is asked to end. Called by a service's `main`.
    ///
    /// @param mappings the configuration interfaces of the service, the shared one included
    /// @param trial makes what the service itself configures; throws `IllegalArgumentException` if that cannot be
    public static void run(List<Class<?>> mappings, Consumer<SmallRyeConfig> trial, String... args) {
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        List<String> problems =
                new ArrayList<>(new ConfigurationCheck(SettingReader.read(mappings), config).problems());
        if (problems.isEmpty()) {
            problems.addAll(Contradictions.in(config, mappings, trial));
        }
        problems.addAll(RepositoryCheck.problems(config));
        if (!problems.isEmpty()) {
            refuse(problems);
        }
        loadOpenCvMeanwhile();
        Quarkus.run(args);
    }

    /// Ends the process as a refused configuration does. For what is found out only while it starts: any thread but
    /// those that Quarkus' shutdown waits for.
    ///
    /// @param problem one sentence with what helps
    public static void refuse(String problem) {
        refuse(List.of(problem));
    }

    /// A second of one core, and several at the very first start, which Quarkus' own start need not wait for. What
    /// goes wrong is told by the first bean that needs it.
    private static void loadOpenCvMeanwhile() {
        Thread.ofPlatform().name("fovea-opencv").daemon().start(OpenCv::load);
    }

    /// Logging is not configured yet, and the message is for the person who started the process.
    @SuppressWarnings("SystemOut")
    private static void refuse(List<String> problems) {
        String things = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        System.err.println("The configuration is refused, " + things + ":");
        problems.forEach(problem -> System.err.println("  - " + problem));
        System.exit(CONFIGURATION_REFUSED);
    }
}
