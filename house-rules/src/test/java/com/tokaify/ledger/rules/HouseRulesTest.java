package com.tokaify.ledger.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tokaify.ledger.rules.Room.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The walls of the house. Each was broken once on purpose and seen to fall. */
class HouseRulesTest {
    private static final String COMMAND = "command-service";
    private static final String QUERY = "query-service";
    private static final String ENFORCEMENT = "enforcement-service";
    private static final String CONSOLE = "console";
    private static final List<String> ROOMS_BESIDE_THE_CONTRACT =
            List.of(
                    COMMAND,
                    QUERY,
                    ENFORCEMENT,
                    CONSOLE,
                    "seals",
                    "service-kit",
                    "local-infrastructure",
                    "standalone",
                    "benchmarks");

    /** Settings are no part of it: Spring binds them at the edge and hands them in. */
    private static final DescribedPredicate<JavaClass> DOMAIN =
            DescribedPredicate.<JavaClass>or(
                            in("shared-events"),
                            in(COMMAND).and(resideInAnyPackage("..command.decision..")),
                            in(COMMAND).and(nameMatching(".*(Decider|State|Command)(\\$.*)?")),
                            in(ENFORCEMENT).and(resideInAnyPackage("..enforcement.decision..")))
                    .and(not(nameMatching(".*Settings")))
                    .as("the domain");

    private static final DescribedPredicate<JavaClass> RIVAL =
            DescribedPredicate.describe("the rival", type -> type.getName().contains(".StockAxon"));

    private static final DescribedPredicate<JavaCall<?>> ASKS_THE_TIME =
            target(nameMatching("now|currentTimeMillis|nanoTime|systemUTC|systemDefaultZone"))
                    .and(target(rawParameterTypes(new Class<?>[0])))
                    .and(target(owner(resideInAnyPackage("java.time..", "java.lang"))))
                    .as("ask for the time");

    private static final DescribedPredicate<JavaCall<?>> MAKES_CHANCE =
            DescribedPredicate.<JavaCall<?>>or(
                            target(owner(assignableTo(Random.class)))
                                    .and(target(nameMatching("<init>|getInstanceStrong"))),
                            target(owner(assignableTo(ThreadLocalRandom.class)))
                                    .and(target(name("current"))),
                            target(owner(assignableTo(UUID.class))).and(target(name("randomUUID"))),
                            target(owner(assignableTo(Math.class))).and(target(name("random"))))
                    .as("make a random number");

    private static final DescribedPredicate<JavaCall<?>> SLEEPS =
            target(name("sleep"))
                    .and(target(owner(assignableTo(Thread.class).or(assignableTo(TimeUnit.class)))))
                    .as("sleep");

    private static final Pattern TEST_ANNOTATION =
            Pattern.compile(
                    "org\\.junit\\.jupiter\\..*\\.(Test|ParameterizedTest|RepeatedTest|TestFactory)");
    private static final DescribedPredicate<JavaClass> CONTAIN_TESTS =
            DescribedPredicate.describe(
                    "contain tests",
                    type ->
                            type.getMethods().stream()
                                    .flatMap(method -> method.getAnnotations().stream())
                                    .map(annotation -> annotation.getRawType().getName())
                                    .anyMatch(TEST_ANNOTATION.asMatchPredicate()));

    private static JavaClasses main;
    private static JavaClasses tests;

    @BeforeAll
    static void readTheHouse() throws Exception {
        main = Room.mainOf(rooms());
        tests = Room.testsOf(rooms());
    }

    static List<Room> rooms() throws Exception {
        return Room.all();
    }

    /**
     * A rule that looks at nothing holds nothing up: whatever has sources is seen, file by file.
     */
    @ParameterizedTest
    @MethodSource("rooms")
    void everySourceFileIsSeen(Room room) {
        for (Path source : room.sources("main")) {
            assertThat(compiled(room.mainClasses(), source)).exists();
        }
        for (Path source : room.sources("test")) {
            assertThat(compiled(room.testClasses(), source)).exists();
        }
        assertThat(main.stream().anyMatch(in(room.name())))
                .as("classes of %s were read", room.name())
                .isEqualTo(room.hasSources("main"));
        assertThat(tests.stream().anyMatch(in(room.name())))
                .as("tests of %s were read", room.name())
                .isEqualTo(room.hasSources("test"));
    }

    /**
     * The domain is recognised by names and packages; renaming them must not take it out of sight.
     */
    @ParameterizedTest
    @ValueSource(strings = {"shared-events", COMMAND, ENFORCEMENT})
    void domainIsFoundWhereverThereIsOne(String room) {
        assertThat(main.stream().filter(in(room)).anyMatch(DOMAIN))
                .isEqualTo(new Room(room).hasSources("main"));
    }

    /**
     * Only one room knows the framework, so that only one room changes with it. Beside it, the
     * benchmark measures Axon as it comes, as a rival of the ledger.
     */
    @Test
    void axonIsKnownInCommandServiceOnly() {
        noClasses()
                .that(not(in(COMMAND).or(in("benchmarks").and(RIVAL))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.axonframework..")
                .because("how the ledger decides is command-service's own affair")
                .check(main);
    }

    /** Services share the contract and nothing else; the console asks them as anybody would. */
    @ParameterizedTest
    @ValueSource(strings = {COMMAND, QUERY, ENFORCEMENT, CONSOLE})
    void serviceKnowsNoOtherService(String service) {
        String[] others =
                Stream.of(COMMAND, QUERY, ENFORCEMENT, CONSOLE)
                        .filter(name -> !name.equals(service))
                        .toArray(String[]::new);
        noClasses()
                .that(in(service))
                .should()
                .dependOnClassesThat(in(others))
                .because("services meet on Kafka: each can be replaced or rebuilt alone")
                .allowEmptyShould(!new Room(service).hasSources("main"))
                .check(main);
    }

    /** A second opinion that shared code with the first would share its mistakes. */
    @Test
    void auditorKnowsTheContractAlone() {
        String[] others = ROOMS_BESIDE_THE_CONTRACT.toArray(String[]::new);
        noClasses()
                .that(in("auditor"))
                .should()
                .dependOnClassesThat(in(others))
                .because(
                        "two code paths that agree prove something, one agreeing with itself does not")
                .check(main);
    }

    /** What proofs rest on is read in one sitting, and needs nothing that is not in every JDK. */
    @Test
    void verifiersCoreKnowsTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("com.tokaify.ledger.audit.core")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        // Arrays of numbers are of no package.
                        "", "java..", "org.jspecify.annotations", "com.tokaify.ledger.audit.core")
                .because("an auditor can take it, read it and run it anywhere")
                .check(main);
    }

    /** Services know who calls and never how that was found out; the console signs people in. */
    @Test
    void springSecurityIsKnownAtOneEdgeOnly() {
        noClasses()
                .that(not(in("console")).and(not(resideInAnyPackage("..service.access.."))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.security..", "com.nimbusds..")
                .because("whom a token speaks for is decided in one place, or in none")
                .check(main);
    }

    /** Gateways and auditors import the contract without a framework. */
    @Test
    void contractKnowsNoFramework() {
        noClasses()
                .that(in("shared-events"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "org.axonframework..")
                .because("the contract outlives every framework and is imported by strangers")
                .check(main);
    }

    /** What history is checked by can be read by itself, and is the same wherever it is used. */
    @Test
    void sealsKnowTheContractAndTheJdkOnly() {
        classes()
                .that(in("seals"))
                .should()
                .onlyDependOnClassesThat(
                        DescribedPredicate.describe(
                                "in seals, the contract or the JDK, or arrays of such",
                                type ->
                                        in("seals", "shared-events")
                                                        .or(
                                                                resideInAnyPackage(
                                                                        "java..", "org.jspecify.."))
                                                        .test(type.getBaseComponentType())
                                                || type.getBaseComponentType().isPrimitive()))
                .because(
                        "a proof is worth what its code is, and whoever reads it has to stop somewhere")
                .check(main);
    }

    /** The domain gives the same answer whenever, wherever and however often it is replayed. */
    @Test
    void domainAsksNobody() {
        noClasses()
                .that(DOMAIN)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                        "org.springframework..",
                                        "org.slf4j..",
                                        "org.apache.commons.logging..",
                                        "java.util.logging..",
                                        "java.sql..",
                                        "javax.sql..")
                                .or(assignableTo(Clock.class))
                                .or(assignableTo(System.Logger.class)))
                .orShould()
                .callMethodWhere(ASKS_THE_TIME)
                .orShould()
                .callCodeUnitWhere(MAKES_CHANCE)
                .because("time, ids and chance are passed in, or replay would differ and log again")
                .check(main);
    }

    /** What a class needs stands in its constructor. */
    @Test
    void nothingIsInjectedBehindTheConstructor() {
        members()
                .should()
                .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .andShould()
                .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                .andShould()
                .notBeAnnotatedWith("jakarta.inject.Inject")
                .andShould()
                .notBeAnnotatedWith("jakarta.annotation.Resource")
                .because("an object is whole when it is made, and tests make it with new")
                .check(main);
    }

    /**
     * A service speaks through its log; programs people or scripts start may speak for themselves.
     */
    @Test
    void onlyCommandLineToolsWriteToTheTerminal() {
        noClasses()
                .that(not(in("standalone", "local-infrastructure", "benchmarks", "auditor")))
                .should(ACCESS_STANDARD_STREAMS)
                .because("what a service prints past its log nobody finds again")
                .check(main);
    }

    /** One way to log. */
    @Test
    void nobodyLogsThroughTheJdk() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..")
                .because("SLF4J is the one way to log")
                .check(main);
    }

    /** In every package null is an exception that is written down. */
    @ParameterizedTest
    @MethodSource("rooms")
    void everyPackageIsNullMarked(Room room) {
        List<JavaClass> classes =
                Stream.of(main, tests)
                        .flatMap(JavaClasses::stream)
                        .filter(in(room.name()))
                        // JMH's, generated at each build
                        .filter(each -> !each.getPackageName().endsWith(".jmh_generated"))
                        .toList();
        List<String> marked =
                classes.stream()
                        .filter(type -> type.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                        .filter(type -> type.getSimpleName().equals("package-info"))
                        .map(JavaClass::getPackageName)
                        .toList();
        assertThat(classes.stream().map(JavaClass::getPackageName).distinct())
                .as("packages with a @NullMarked package-info; NullAway is blind in others")
                .isSubsetOf(marked);
    }

    /** A name says what a thing is, not that someone ran out of names. */
    @Test
    void namesSayWhatAThingIs() {
        for (JavaClasses classes : List.of(main, tests)) {
            noClasses()
                    .should()
                    .haveNameMatching(".*(Impl|Manager|Utils?|DTO|Dto|Helper)(\\$.*)?")
                    .because("Impl, Manager, Util, DTO and Helper tell a reader nothing")
                    .check(classes);
        }
    }

    /** A test waits for what it expects, not for a while. */
    @Test
    void testsDoNotSleep() {
        noClasses()
                .should()
                .callMethodWhere(SLEEPS)
                .because("a sleeping test is slow when it passes and wrong when it fails")
                .check(tests);
    }

    /** A test that neither surefire nor failsafe finds by its name passes for ever. */
    @Test
    void everyTestIsRun() {
        classes()
                .that(CONTAIN_TESTS)
                .should()
                .haveNameMatching(".*(Test|IT)(\\$.*)?")
                .orShould()
                .haveModifier(JavaModifier.ABSTRACT)
                .because("surefire runs *Test, failsafe runs *IT, and nobody runs the others")
                .check(tests);
    }

    private static Path compiled(Path classes, Path source) {
        String file = source.toString();
        Path compiled =
                classes.resolve(file.substring(0, file.length() - ".java".length()) + ".class");
        assertThat(Files.isDirectory(classes)).as("%s is compiled", classes).isTrue();
        return compiled;
    }
}
