package io.portolan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The rules for one module, run by a subclass in its tests. Looks at {@code target/classes} and {@code src} of the
 * working directory, which the build sets to the directory of the module.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // the classes are read once
public abstract class ModuleRules {

    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final Path TESTS = Path.of("src", "test");

    private final JavaClasses classes = Files.isDirectory(CLASSES)
            ? new ClassFileImporter().importPath(CLASSES)
            : new ClassFileImporter().importPaths(List.of());

    /** For subclasses. */
    protected ModuleRules() {}

    /** Whether users compile against this module. Programs, such as examples, may declare checked exceptions. */
    protected boolean isLibrary() {
        return true;
    }

    /** The main classes of the module. */
    protected final JavaClasses classes() {
        return classes;
    }

    @Test
    void packages_always_formNoCycle() {
        CodeRules.noPackageCycles().check(classes);
    }

    @Test
    void internalPackages_ofOtherModules_areNotUsed() {
        CodeRules.noForeignInternals(classes).check(classes);
    }

    @Test
    void typeNames_always_sayWhatTheTypeIs() {
        CodeRules.noEmptyNames().check(classes);
    }

    @Test
    void optional_always_isAReturnTypeOnly() {
        CodeRules.noOptionalFields().check(classes);
        CodeRules.noOptionalParameters().check(classes);
    }

    @Test
    void publicApi_ofALibrary_declaresNoCheckedException() {
        if (isLibrary()) {
            CodeRules.noCheckedExceptions().check(classes);
        }
    }

    @Test
    void mappers_always_doNoIo() {
        CodeRules.mappersDoNoIo().check(classes);
    }

    @Test
    void sourceFiles_always_areShort() {
        assertThat(SourceRules.tooLongFiles(Path.of("src"))).isEmpty();
    }

    @Test
    void sourceFiles_always_leaveNothingForLater() {
        assertThat(SourceRules.leftovers(Path.of("src"))).isEmpty();
    }

    @Test
    void mainPackages_always_areNullMarked() {
        assertThat(SourceRules.unmarkedPackages(MAIN)).isEmpty();
    }

    @Test
    void tests_always_waitForConditions() {
        assertThat(SourceRules.sleepingTests(TESTS)).isEmpty();
    }
}
