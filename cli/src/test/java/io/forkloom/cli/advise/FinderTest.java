package io.forkloom.cli.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.forkloom.cli.ClassPath;
import io.forkloom.cli.FunctionName;
import io.forkloom.cli.InputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user may mean by a name; nothing of the user's is run. */
class FinderTest {
    @TempDir
    private static Path folder;

    private static ClassPath path = new ClassPath(List.of());

    @BeforeAll
    static void compile() throws Exception {
        Sources.compile(folder, """
                package com.acme;
                public class Work {
                    static { if (true) throw new AssertionError("the user's code was run"); }
                    enum Mode { FAST, SLOW; static { System.exit(1); } }
                    static final StringBuilder BUFFER = new StringBuilder();
                    static final String NAME = "work";
                    static int used;
                    static long count(int below) { return below; }
                    static int nothing() { return 0; }
                    static String twice(String text, int times) { return text; }
                    static int over(int number) { return 1; }
                    static int over(Mode mode) { return 2; }
                    static void mode(Mode mode) {}
                    static int map(java.util.Map<String, String> map) { return 1; }
                    static int three(int a, int b, int c) { return 1; }
                    int own() { return 1; }
                    static class Inner { static void f() {} }
                }
                """);
        path = new ClassPath(List.of(folder));
    }

    private static Subject find(String name, String... arguments) {
        return Finder.find(path, FunctionName.of(name), Arrays.asList(arguments));
    }

    @Test
    void a_method_is_known_without_being_run() {
        var found = find("com.acme.Work::count", "100");

        assertThat(found.name()).isEqualTo("com.acme.Work::count(int)");
        assertThat(found.result()).isEqualTo("long");
        assertThat(found.state()).containsExactlyInAnyOrder("BUFFER", "used");
        assertThat(found.call()).isEqualTo(new Call("com.acme.Work", "count", List.of("int"), List.of("100")));
    }

    @Test
    void a_nested_class_is_found_by_its_name_in_source_and_in_binary() {
        assertThat(find("com.acme.Work.Inner::f").call().label()).isEqualTo("Work.Inner::f");
        assertThat(find("com.acme.Work$Inner::f").call().label()).isEqualTo("Work.Inner::f");
    }

    @Test
    void of_several_methods_the_arguments_or_the_types_choose() {
        assertThat(find("com.acme.Work::over", "1").name()).isEqualTo("com.acme.Work::over(int)");
        assertThat(find("com.acme.Work::over", "FAST").name()).isEqualTo("com.acme.Work::over(Mode)");
        assertThat(find("com.acme.Work::over(int)", "1").name()).isEqualTo("com.acme.Work::over(int)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "com.acme.Work::cuont | 1 | has no method cuont: did you mean Work::count(int)?",
                "com.acme.Work::render | 1 | has no method render; it has Work::count(int), Work::mode(Mode), Work::nothing()",
                "com.acme.Work::over | x | there are several: choose Work::over(Mode), Work::over(int)",
                "com.acme.Work::over(long) | 1 | has no method over(long): did you mean Work::over(Mode), Work::over(int)?",
                "com.acme.Work::own | 1 | is not static: write a static method that makes its object",
                "com.acme.Work::map | 1 | no Map can be made of a word",
                "com.acme.Work::three | 1 | has 3 parameters, two can be given",
                "com.acme.Work::twice | 1 | Work::twice(String, int) needs 2 arguments, and 1 was given",
                "com.acme.Work::nothing | 1 | Work::nothing() needs no argument, and 1 was given",
                "com.acme.Work::count | many | --argument many for Work::count(int): 'many' is no int",
                "com.acme.Work::mode | MEDIUM | 'MEDIUM' is no Mode: choose FAST, SLOW",
                "com.acme.Work::count | @/none | /none cannot be read",
                "work::count | 1 | there is no class work on the class path; there is com.acme.Work",
                "com.acme.Werk::count | 1 | there is no class com.acme.Werk on the class path: name its jar or folder",
                "com.acme.Work.count | 1 | names no method: write com.acme.Work::f",
                "::count | 1 | names no method",
            })
    void a_name_that_does_not_fit_is_one_clear_line(String name, String argument, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> find(name, argument))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }
}
