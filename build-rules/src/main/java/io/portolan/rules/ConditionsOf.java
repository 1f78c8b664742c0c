package io.portolan.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Conditions that ArchUnit does not offer for methods and constructors. */
final class ConditionsOf {

    private ConditionsOf() {}

    static ArchCondition<JavaCodeUnit> none(DescribedPredicate<JavaCodeUnit> unwanted) {
        return new ArchCondition<>("not " + unwanted.getDescription()) {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                if (unwanted.test(unit)) {
                    events.add(SimpleConditionEvent.violated(
                            unit,
                            "%s should %s in %s"
                                    .formatted(unit.getDescription(), getDescription(), unit.getSourceCodeLocation())));
                }
            }
        };
    }
}
