package io.portolan.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;

import io.portolan.rules.CodeRules;
import io.portolan.rules.ModuleRules;
import io.portolan.testkit.fake.FakeHandler;
import io.portolan.testkit.fake.FakeProcess;
import io.portolan.testkit.fake.FakeProgram;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends ModuleRules {
    /** The scripts of a test throw what they like, as tests do; all else is checked below. */
    @Override
    protected boolean isLibrary() {
        return false;
    }

    @Test
    void publicApi_apartFromScripts_declaresNoCheckedException() {
        CodeRules.noCheckedExceptions()
                .check(classes().that(not(belongToAnyOf(FakeProgram.class, FakeHandler.class, FakeProcess.class))));
    }
}
