package io.forkloom.cli.crawl;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The parts of the crawl stand in one direction: config, view; frontier, journal, fetch, deliver, parse, source. */
class CrawlArchitectureTest {
    private static final String PARTS = "io.forkloom.cli.crawl.(*)..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.forkloom.cli.crawl");

    @Test
    void no_part_leads_back_to_itself() {
        assertThat(CLASSES).hasSizeGreaterThan(200);
        slices().matching(PARTS).should().beFreeOfCycles().check(CLASSES);
    }
}
