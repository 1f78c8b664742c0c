package io.portolan.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Optional;

/** The rules about compiled classes. Each may be checked against an empty set of classes. */
public final class CodeRules {

    private CodeRules() {}

    /** Packages can be understood, and moved, one at a time only while they form no cycle. */
    public static ArchRule noPackageCycles() {
        return slices().assignedFrom(new PackageSlices())
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .because("a cycle of packages can only be understood and changed as a whole");
    }

    /**
     * Internal packages change without notice, so a module may use its own only.
     *
     * @param module all classes of the module under test
     */
    public static ArchRule noForeignInternals(JavaClasses module) {
        DescribedPredicate<JavaClass> foreignInternal = DescribedPredicate.describe(
                "internal classes of another module",
                target -> target.getPackageName().startsWith("io.portolan.")
                        && isInternal(target)
                        // An array, as enums have one of their own constants, is where its component is.
                        && !module.contain(target.getBaseComponentType().getName()));
        return noClasses()
                .should()
                .dependOnClassesThat(foreignInternal)
                .allowEmptyShould(true)
                .because("what is internal changes without notice");
    }

    /** A type is named for what it is. */
    public static ArchRule noEmptyNames() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helpers?|Manager)(\\$.*)?")
                .allowEmptyShould(true)
                .because("such a name does not say what the type is for");
    }

    /** An absent field is {@code @Nullable}. */
    public static ArchRule noOptionalFields() {
        return noFields()
                .should()
                .haveRawType(Optional.class)
                .allowEmptyShould(true)
                .because("Optional is a return type only; a field is @Nullable");
    }

    /** A caller should not have to wrap what it passes. */
    public static ArchRule noOptionalParameters() {
        DescribedPredicate<JavaCodeUnit> takesOptional = DescribedPredicate.describe(
                "take an Optional",
                unit -> unit.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Optional.class)));
        return codeUnits()
                .that()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should(ConditionsOf.none(takesOptional))
                .allowEmptyShould(true)
                .because("Optional is a return type only; offer an overload or a @Nullable parameter");
    }

    /** All errors that a user sees are unchecked. */
    public static ArchRule noCheckedExceptions() {
        DescribedPredicate<JavaCodeUnit> throwsChecked = DescribedPredicate.describe(
                "declare a checked exception",
                unit -> unit.getThrowsClause().stream()
                        .anyMatch(thrown -> !thrown.getRawType().isAssignableTo(RuntimeException.class)
                                && !thrown.getRawType().isAssignableTo(Error.class)));
        DescribedPredicate<JavaClass> api =
                DescribedPredicate.describe("belong to the public API", CodeRules::isPublicApi);
        return codeUnits()
                .that()
                .areDeclaredInClassesThat(api)
                .and(DescribedPredicate.describe(
                        "are public or protected",
                        unit -> unit.getModifiers().contains(JavaModifier.PUBLIC)
                                || unit.getModifiers().contains(JavaModifier.PROTECTED)))
                .should(ConditionsOf.none(throwsChecked))
                .allowEmptyShould(true)
                .because("users handle one unchecked exception with a code");
    }

    /** Mapping is pure, so that plans, reports and tests need no engine and no cloud. */
    public static ArchRule mappersDoNoIo() {
        return noClasses()
                .that()
                .haveNameMatching(".*Mapper(\\$.*)?")
                .should()
                .dependOnClassesThat(IoTypes.PERFORM_IO)
                .allowEmptyShould(true)
                .because("a mapper is a pure function between the neutral and the native model");
    }

    /**
     * The module depends on nothing but the JDK, itself and what is listed.
     *
     * @param packages package patterns, for example {@code org.slf4j..}
     */
    public static ArchRule dependsOnlyOn(String... packages) {
        return classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(true)
                .because("each dependency is a burden for every user");
    }

    private static boolean isInternal(JavaClass type) {
        return (type.getPackageName() + ".").contains(".internal.");
    }

    private static boolean isPublicApi(JavaClass type) {
        return !isInternal(type)
                && type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(CodeRules::isPublicApi).orElse(true);
    }
}
