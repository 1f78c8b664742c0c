package io.portolan.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodeRulesTest {

    private static final JavaClasses NOTHING = new ClassFileImporter().importPaths(List.of());
    private static final String FIXTURES = "io.portolan.rules.fixture.";
    private static final JavaClasses ALL = new ClassFileImporter().importPackages("io.portolan.rules.fixture");

    static Stream<ArchRule> allRules() {
        return Stream.of(
                CodeRules.noPackageCycles(),
                CodeRules.noForeignInternals(fixture("clean")),
                CodeRules.noEmptyNames(),
                CodeRules.noOptionalFields(),
                CodeRules.noOptionalParameters(),
                CodeRules.noCheckedExceptions(),
                CodeRules.mappersDoNoIo(),
                CodeRules.dependsOnlyOn("java..", "io.portolan.."));
    }

    @ParameterizedTest
    @MethodSource("allRules")
    void anyRule_ofCleanCode_passes(ArchRule rule) {
        assertThatCode(() -> rule.check(fixture("clean"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("allRules")
    void anyRule_withoutCode_passes(ArchRule rule) {
        assertThatCode(() -> rule.check(NOTHING)).doesNotThrowAnyException();
    }

    @Test
    void packageCycles_ofTwoPackages_areFound() {
        assertThat(violations(CodeRules.noPackageCycles(), "cycle")).contains("cycle.a", "cycle.b");
    }

    @Test
    void foreignInternals_ofAnotherModule_areFound() {
        ArchRule rule = CodeRules.noForeignInternals(fixture("foreign"));
        assertThat(violations(rule, "foreign")).contains("User.hash", "Hidden");
    }

    @Test
    void foreignInternals_ofTheSameModule_areAllowed() {
        JavaClasses module = ALL.that(resideInAnyPackage(FIXTURES + "foreign..", FIXTURES + "checked.."));
        assertThatCode(() -> CodeRules.noForeignInternals(module).check(module)).doesNotThrowAnyException();
    }

    @Test
    void emptyNames_ofTopLevelAndNestedTypes_areFound() {
        assertThat(violations(CodeRules.noEmptyNames(), "naming")).contains("ThingImpl>", "NestedHelper>");
    }

    @Test
    void optionalFields_ofRecords_areFound() {
        assertThat(violations(CodeRules.noOptionalFields(), "optional")).contains("OptionalField.name");
    }

    @Test
    void optionalParameters_ofMethodsAndConstructors_areFound() {
        assertThat(violations(CodeRules.noOptionalParameters(), "optional"))
                .contains("OptionalParameter.orEmpty", "OptionalField.<init>");
    }

    @Test
    void checkedExceptions_ofThePublicApi_areFoundAndThoseOfInternalsAreNot() {
        assertThat(violations(CodeRules.noCheckedExceptions(), "checked"))
                .contains("Throwing.read")
                .doesNotContain("Hidden");
    }

    @Test
    void mappers_thatReadOrSend_areFound() {
        assertThat(violations(CodeRules.mappersDoNoIo(), "mapper")).contains("ReadingMapper", "SendingMapper");
    }

    @Test
    void dependencies_thatAreNotListed_areFound() {
        ArchRule rule = CodeRules.dependsOnlyOn("java.lang..");
        assertThat(violations(rule, "clean")).contains("java.net.URI");
    }

    private static JavaClasses fixture(String name) {
        return ALL.that(resideInAnyPackage(FIXTURES + name + ".."));
    }

    private static String violations(ArchRule rule, String fixture) {
        return String.join(
                "\n", rule.evaluate(fixture(fixture)).getFailureReport().getDetails());
    }
}
