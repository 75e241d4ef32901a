package io.forkloom;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the arrows and the house rules of docs/architecture.md; each rule must also reject its canary. */
class ArchitectureTest {
    private static final String ROOT = "io.forkloom";

    /** Which packages a package may import, below ROOT; event, internal.time and internal.thread may be imported by all. */
    private static final Map<String, Set<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            Map.entry("event", Set.of()),
            Map.entry("internal.time", Set.of()),
            Map.entry("internal.thread", Set.of()),
            Map.entry("internal.scope", Set.of()),
            Map.entry("internal.wire", Set.of()),
            Map.entry("internal.flight", Set.of()),
            Map.entry("internal.transport", Set.of("internal.wire")),
            Map.entry("internal.supervise", Set.of("internal.transport", "internal.wire")),
            Map.entry("internal.dispatch", Set.of("internal.supervise")),
            Map.entry("internal.codec", Set.of("internal.wire")),
            Map.entry(
                    "",
                    Set.of(
                            "internal.codec",
                            "internal.dispatch",
                            "internal.flight",
                            "internal.scope",
                            "internal.supervise",
                            "internal.transport",
                            "internal.wire")),
            Map.entry("async", Set.of("", "internal.scope")),
            Map.entry("watch", Set.of("", "async", "internal.flight")),
            Map.entry("pipeline", Set.of("", "async", "internal.scope")),
            Map.entry(
                    "internal.worker",
                    Set.of("", "internal.codec", "internal.supervise", "internal.transport", "internal.wire"))));

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static final JavaClasses CANARIES = new ClassFileImporter().importPackages(ROOT + ".canary");

    @Test
    void the_rules_see_the_classes_of_every_package() {
        assertThat(OURS).hasSizeGreaterThan(60);
        var seen = OURS.stream()
                .map(each -> below(each.getPackageName()))
                .distinct()
                .toList();
        assertThat(seen).as("a package without arrows: draw them in ARROWS").allMatch(ARROWS::containsKey);
        assertThat(ARROWS.keySet())
                .as("arrows of a package that does not exist")
                .allMatch(seen::contains);
    }

    @TestFactory
    Stream<DynamicTest> imports_follow_the_arrows() {
        return ARROWS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey().isEmpty() ? ROOT : entry.getKey(),
                        () -> arrows(entry.getKey(), entry.getValue()).check(OURS)));
    }

    @TestFactory
    Stream<DynamicTest> house_rules_hold_and_reject_their_canaries() {
        return houseRules().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    entry.getValue().check(OURS);
                    assertThat(entry.getValue().evaluate(CANARIES).hasViolation())
                            .as("rejects its canary")
                            .isTrue();
                }));
    }

    @Test
    void an_arrow_that_points_up_is_rejected() {
        var rule =
                classes().that().resideInAPackage(ROOT + ".canary").should().onlyDependOnClassesThat(allowed(Set.of()));
        assertThat(rule.evaluate(CANARIES).hasViolation()).isTrue();
    }

    private static ArchRule arrows(String from, Set<String> to) {
        return classes()
                .that(describe(
                        "are in " + from, each -> below(each.getPackageName()).equals(from)))
                .should()
                .onlyDependOnClassesThat(allowed(
                        Stream.concat(to.stream(), Stream.of(from)).collect(java.util.stream.Collectors.toSet())));
    }

    private static DescribedPredicate<JavaClass> allowed(Set<String> packages) {
        return describe(
                "are in " + packages + ", event, internal.time, internal.thread or outside of " + ROOT, each -> {
                    var name = each.getBaseComponentType().getPackageName();
                    if (!name.equals(ROOT) && !name.startsWith(ROOT + ".")) {
                        return true;
                    }
                    var below = below(name);
                    return Set.of("event", "internal.time", "internal.thread").contains(below)
                            || packages.contains(below);
                });
    }

    private static Map<String, ArchRule> houseRules() {
        return new TreeMap<>(Map.of(
                "only the codec reads objects from a stream",
                noClasses()
                        .that()
                        .resideOutsideOfPackage("..internal.codec")
                        .should()
                        .accessClassesThat()
                        .haveFullyQualifiedName("java.io.ObjectInputStream"),
                "only supervise starts processes",
                noClasses()
                        .that()
                        .resideOutsideOfPackage("..internal.supervise")
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.lang.ProcessBuilder"),
                "only time reads the clock and sleeps",
                noClasses()
                        .that()
                        .resideOutsideOfPackage("..internal.time")
                        .should(callMethodWhere(oneOf((owner, name) -> name.equals("nanoTime")
                                || name.equals("currentTimeMillis")
                                || (owner.equals("java.lang.Thread") && name.equals("sleep"))
                                || (owner.startsWith("java.time.") && name.equals("now"))))),
                "only thread makes platform threads",
                noClasses()
                        .that()
                        .resideOutsideOfPackage("..internal.thread")
                        .should(callMethodWhere(oneOf((owner, name) -> name.equals("ofPlatform")))),
                "only workers end a JVM",
                noClasses()
                        .that()
                        .resideOutsideOfPackage("..internal.worker")
                        .should(callMethodWhere(
                                oneOf((owner, name) -> List.of("exit", "halt").contains(name)
                                        && List.of("java.lang.System", "java.lang.Runtime")
                                                .contains(owner)))),
                "nothing is printed to standard output behind the program's back",
                noClasses()
                        .that()
                        .resideOutsideOfPackages("..internal.worker")
                        .and()
                        .doNotHaveFullyQualifiedName("io.forkloom.ProcessPool")
                        .should()
                        .accessField(System.class, "out")));
    }

    private static DescribedPredicate<JavaCall<?>> oneOf(BiPredicate<String, String> method) {
        return describe(
                "one of these", call -> method.test(call.getTargetOwner().getName(), call.getName()));
    }

    private static String below(String packageName) {
        return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
    }
}
