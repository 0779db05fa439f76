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
        "dev.fovea.vectorindex..",
        "dev.fovea.lucene..",
        "dev.fovea.opensearch..",
        "dev.fovea.repository..",
        "dev.fovea.onnx..",
        "dev.fovea.architectures.."
    };

    private static final List<String> ADAPTERS = List.of(
            "dev.fovea.onnxruntime..",
            "dev.fovea.kafka..",
            "dev.fovea.grpc..",
            "dev.fovea.imaging..",
            "dev.fovea.lucene..",
            "dev.fovea.opensearch..");

    /// One package a service, whether it exists yet or not.
    private static final List<String> SERVICES =
            List.of("dev.fovea.patches", "dev.fovea.classification", "dev.fovea.retrieval");

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
    void vectorIndexEnginesAreKnownToTheirAdaptersOnly() {
        check(onlyIn("org.apache.lucene..", "dev.fovea.lucene.."));
        check(onlyIn("org.opensearch..", "dev.fovea.opensearch.."));
    }

    @Test
    void whichVectorIndexThereIsIsKnownToWiringOnly() {
        check(onlyIn("dev.fovea.lucene..", and(inServices(".wiring.."), "dev.fovea.lucene..")));
        check(onlyIn("dev.fovea.opensearch..", and(inServices(".wiring.."), "dev.fovea.opensearch..")));
    }

    @Test
    void thePortOfTheVectorIndexKnowsTheCoreOnly() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.fovea.vectorindex..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.fovea..")
                        .and(not(resideInAnyPackage("dev.fovea.vectorindex..", "dev.fovea.inference..")))));
    }

    @Test
    void kafkaIsKnownToItsAdapterAndToTheLocalLauncherOnly() {
        check(onlyIn("org.apache.kafka..", "dev.fovea.kafka..", "dev.fovea.local.."));
    }

    @Test
    void grpcIsKnownToItsAdapterToRpcPackagesToWiringAndToClientsOnly() {
        check(onlyIn(
                "io.grpc..",
                and(
                        inServices(".rpc..", ".wiring.."),
                        "dev.fovea.grpc..",
                        "dev.fovea.quarkus..",
                        "dev.fovea.local..",
                        "dev.fovea.builder.check..",
                        "dev.fovea.builder.index..")));
    }

    @Test
    void wireMessagesStayInTheEntrancesAndInClients() {
        check(onlyIn(
                WIRE,
                and(
                        inServices(".rpc..", ".events..", ".wire..", ".wiring.."),
                        "dev.fovea.grpc..",
                        "dev.fovea.kafka..",
                        "dev.fovea.quarkus..",
                        "dev.fovea.local..",
                        "dev.fovea.builder.check..",
                        "dev.fovea.builder.index..")));
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
                            Stream.of(and(inServices(".."), "dev.fovea.quarkus..")))
                    .toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage(adapter)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .allowEmptyShould(true));
        }
    }

    @Test
    void theWiringSeesNoService() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.fovea.quarkus..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(inServices("..")));
    }

    @Test
    void servicesDoNotSeeEachOther() {
        for (String service : SERVICES) {
            String[] others = SERVICES.stream()
                    .filter(other -> !other.equals(service))
                    .map(other -> other + "..")
                    .toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage(service + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .allowEmptyShould(true));
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
                .resideInAnyPackage(and(
                        inServices(".."),
                        "dev.fovea.inference..",
                        "dev.fovea.imaging..",
                        "dev.fovea.onnxruntime..",
                        "dev.fovea.vectorindex..",
                        "dev.fovea.lucene..",
                        "dev.fovea.opensearch..",
                        "dev.fovea.kafka..",
                        "dev.fovea.grpc..",
                        "dev.fovea.quarkus.."))
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
                                WIRE,
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
                .resideInAnyPackage(inServices(".rpc..", ".events.."))
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
                .resideInAnyPackage(inServices(""))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(and(
                        inServices(".rpc..", ".events..", ".wire..", ".wiring.."),
                        "dev.fovea.kafka..",
                        "dev.fovea.grpc..",
                        "dev.fovea.quarkus..")));
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
                .resideInAnyPackage(and(
                        inServices(".."),
                        "dev.fovea.inference..",
                        "dev.fovea.kafka..",
                        "dev.fovea.grpc..",
                        "dev.fovea.onnxruntime..",
                        "dev.fovea.lucene..",
                        "dev.fovea.opensearch..",
                        "dev.fovea.quarkus..",
                        "dev.fovea.repository.."))
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

    /// The same packages of every service, for example `.rpc..`.
    private static String[] inServices(String... suffixes) {
        return SERVICES.stream()
                .flatMap(service -> Stream.of(suffixes).map(suffix -> service + suffix))
                .toArray(String[]::new);
    }

    private static String[] and(String[] packages, String... more) {
        return Stream.of(packages, more).flatMap(Stream::of).toArray(String[]::new);
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
