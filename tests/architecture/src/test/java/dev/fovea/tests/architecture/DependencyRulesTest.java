package dev.fovea.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who may depend on whom.
class DependencyRulesTest {

    private static final String[] FRAMEWORK_FREE = {
        "dev.fovea.inference..",
        "dev.fovea.imaging..",
        "dev.fovea.repository..",
        "dev.fovea.onnx..",
        "dev.fovea.architectures.."
    };

    private static final List<String> ADAPTERS =
            List.of("dev.fovea.onnxruntime..", "dev.fovea.kafka..", "dev.fovea.grpc..", "dev.fovea.imaging..");

    /// Generated from the `.proto` files.
    private static final String WIRE = "dev.fovea.proto..";

    private static JavaClasses production;

    @BeforeAll
    static void importProduction() {
        production = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.fovea");
    }

    @Test
    void coreAndModelLibrariesImportNoFramework() {
        check(noClasses()
                .that()
                .resideInAnyPackage(FRAMEWORK_FREE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta..",
                        "io.quarkus..",
                        "io.grpc..",
                        "org.apache.kafka..",
                        "ai.onnxruntime..",
                        "io.micrometer.."));
    }

    @Test
    void onnxRuntimeIsKnownToItsAdapterOnly() {
        check(onlyIn("ai.onnxruntime..", "dev.fovea.onnxruntime.."));
    }

    @Test
    void kafkaIsKnownToItsAdapterAndToTheLocalLauncherOnly() {
        check(onlyIn("org.apache.kafka..", "dev.fovea.kafka..", "dev.fovea.local.."));
    }

    @Test
    void grpcIsKnownToItsAdapterToRpcPackagesAndToWiringOnly() {
        check(onlyIn(
                "io.grpc..",
                "dev.fovea.grpc..",
                "dev.fovea.patches.rpc..",
                "dev.fovea.quarkus..",
                "dev.fovea.patches.wiring..",
                "dev.fovea.local.."));
    }

    @Test
    void wireMessagesStayInTheEntrances() {
        check(onlyIn(
                WIRE,
                "dev.fovea.grpc..",
                "dev.fovea.kafka..",
                "dev.fovea.patches.rpc..",
                "dev.fovea.patches.events..",
                "dev.fovea.patches.wire..",
                "dev.fovea.quarkus..",
                "dev.fovea.patches.wiring..",
                "dev.fovea.local.."));
    }

    @Test
    void onnxProtobufStaysInTheOnnxModule() {
        check(onlyIn("dev.fovea.onnx.proto..", "dev.fovea.onnx.."));
    }

    @Test
    void adaptersDoNotSeeEachOtherNorTheWiringNorAService() {
        for (String adapter : ADAPTERS) {
            String[] others = Stream.concat(
                            ADAPTERS.stream().filter(other -> !other.equals(adapter)),
                            Stream.of("dev.fovea.quarkus..", "dev.fovea.patches.."))
                    .toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage(adapter)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others));
        }
    }

    @Test
    void coreSeesNoAdapter() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.fovea.inference..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.fovea..")
                        .and(not(resideInAnyPackage("dev.fovea.inference..", "dev.fovea.repository..")))));
    }

    @Test
    void servingNeverSeesHowModelsAreBuilt() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.fovea.inference..",
                        "dev.fovea.imaging..",
                        "dev.fovea.onnxruntime..",
                        "dev.fovea.kafka..",
                        "dev.fovea.grpc..",
                        "dev.fovea.quarkus..",
                        "dev.fovea.patches..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.fovea.onnx..", "dev.fovea.architectures..", "dev.fovea.builder.."));
    }

    @Test
    void theBuilderRunsModelsAsServicesDoButKnowsNoEntrance() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.fovea.builder..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.fovea..")
                        .and(not(resideInAnyPackage(
                                "dev.fovea.builder..",
                                "dev.fovea.architectures..",
                                "dev.fovea.onnx..",
                                "dev.fovea.repository..",
                                "dev.fovea.imaging..",
                                "dev.fovea.inference..",
                                "dev.fovea.onnxruntime..")))));
    }

    @Test
    void entrancesCallThePortAndNeverWhatIsBehindIt() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.fovea.patches.rpc..", "dev.fovea.patches.events..")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("Pipeline")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.fovea.inference.batching..", "dev.fovea.inference.session.."));
    }

    @Test
    void thePortKnowsNeitherEntranceNorWiring() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.fovea.patches")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.fovea.patches.rpc..",
                        "dev.fovea.patches.events..",
                        "dev.fovea.patches.wiring..",
                        "dev.fovea.kafka..",
                        "dev.fovea.grpc..",
                        "dev.fovea.quarkus.."));
    }

    @Test
    void packagesAreFreeOfCycles() {
        check(slices().matching("dev.fovea.(**)").should().beFreeOfCycles());
    }

    @Test
    void productionNeverDependsOnTests() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.fovea.tests..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.fovea.tests.."));
    }

    @Test
    void theClockIsReadAndThreadsAreMadeInNamedPlacesOnly() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.fovea.inference..",
                        "dev.fovea.kafka..",
                        "dev.fovea.grpc..",
                        "dev.fovea.onnxruntime..",
                        "dev.fovea.patches..",
                        "dev.fovea.quarkus..",
                        "dev.fovea.repository..")
                .and()
                .doNotHaveFullyQualifiedName("dev.fovea.inference.Ticker")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .orShould()
                .callMethod(TimeUnit.class, "sleep", long.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class, String.class));
    }

    @Test
    void classesAreNamedInTheArchitecturesWords() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.fovea..")
                .and(not(resideInAnyPackage(WIRE, "dev.fovea.onnx.proto..")))
                .should()
                .haveNameMatching(".*(Manager|Helper|Helpers|Utils|Util|Impl|Processor|Info|Data|Dto)")
                .orShould()
                .haveNameMatching(".*\\.(Base|Abstract)[A-Z].*"));
    }

    private static ArchRule onlyIn(String what, String... where) {
        return classes()
                .that()
                .resideInAPackage("dev.fovea..")
                .and(not(resideInAnyPackage(where)))
                .and(not(resideInAPackage(WIRE)))
                .and(not(resideInAPackage("dev.fovea.tests..")))
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(what)));
    }

    private static void check(ArchRule rule) {
        rule.check(production);
    }
}
