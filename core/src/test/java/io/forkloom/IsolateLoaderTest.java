package io.forkloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.forkloom.internal.thread.Library;
import org.junit.jupiter.api.Test;

/** Which classes a worker of an {@link IsolatePool} shares with the program. */
class IsolateLoaderTest {
    private final IsolateLoader loader = new IsolateLoader(IsolateLoaderTest.class.getClassLoader());

    @Test
    void all_classes_of_ours_are_shared() throws Exception {
        var ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.forkloom");
        assertThat(ours).hasSizeGreaterThan(60);
        assertThat(ours.stream().filter(each -> !Library.has(each.getName()))).isEmpty();
        assertThat(loader.loadClass(TaskPool.class.getName())).isSameAs(TaskPool.class);
    }

    @Test
    void classes_of_the_program_are_defined_anew_and_each_once() throws Exception {
        var again = loader.loadClass(ArchUnitUser.NAME);
        assertThat(again.getClassLoader()).isSameAs(loader);
        assertThat(loader.loadClass(ArchUnitUser.NAME)).isSameAs(again);
        assertThat(again.getProtectionDomain().getCodeSource().getLocation())
                .isEqualTo(ClassFileImporter.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation());
        assertThat(Library.has("io.forkloom.testkit.Gate")).isFalse();
        assertThat(Library.has("io.forkloom.examples.Bridge")).isFalse();
        assertThat(Library.has("NoPackage")).isFalse();
    }

    @Test
    void classes_of_the_jdk_are_shared_wherever_it_keeps_them() throws Exception {
        assertThat(loader.loadClass("java.lang.String")).isSameAs(String.class);
        assertThat(loader.loadClass("java.sql.Date")).isSameAs(java.sql.Date.class);
        assertThat(loader.loadClass("com.sun.source.tree.Tree").getClassLoader())
                .isSameAs(ClassLoader.getSystemClassLoader());
        assertThatThrownBy(() -> loader.loadClass("com.acme.Nowhere"))
                .isInstanceOf(ClassNotFoundException.class)
                .hasMessageContaining("com.acme.Nowhere");
    }

    /** A class out of a jar. */
    private static final class ArchUnitUser {
        static final String NAME = ClassFileImporter.class.getName();
    }
}
