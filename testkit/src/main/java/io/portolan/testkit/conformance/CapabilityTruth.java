package io.portolan.testkit.conformance;

import io.portolan.error.PortolanException;
import io.portolan.portability.Capability;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs a test that {@link Needs} something, or tests the lack in its place. */
final class CapabilityTruth implements InvocationInterceptor {
    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        intercept(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        intercept(invocation, context);
    }

    private static void intercept(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        Conformance suite = context.getRequiredTestInstances()
                .findInstance(Conformance.class)
                .orElseThrow();
        List<Needs> needs = needs(context);
        List<Capability> lacking = new ArrayList<>();
        for (Needs need : needs) {
            for (Capability capability : need.value()) {
                if (!suite.cloud().capabilities().has(capability)) {
                    lacking.add(capability);
                }
            }
        }
        if (lacking.isEmpty()) {
            invocation.proceed();
            return;
        }
        for (Capability capability : lacking) {
            new CapabilityRefusal(suite).verify(capability);
        }
        if (needs.stream().allMatch(Needs::tellsALack)) {
            requireRealLack(invocation, suite, lacking);
        } else {
            invocation.skip();
        }
    }

    private static void requireRealLack(Invocation<Void> invocation, Conformance suite, List<Capability> lacking)
            throws Throwable {
        suite.claimEverything();
        try {
            invocation.proceed();
        } catch (AssertionError | PortolanException expected) {
            return;
        } catch (CompletionException e) {
            if (e.getCause() instanceof PortolanException) {
                return;
            }
            throw e;
        }
        throw new AssertionError("the provider declares to lack " + lacking
                + ", but the test that needs it passes; declare the capability, or make the test tell the difference");
    }

    /** Of the method and of all classes around it. */
    private static List<Needs> needs(ExtensionContext context) {
        List<Needs> found = new ArrayList<>();
        AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), Needs.class)
                .ifPresent(found::add);
        Class<?> type = context.getRequiredTestClass();
        while (type != null) {
            AnnotationSupport.findAnnotation(type, Needs.class).ifPresent(found::add);
            for (Class<?> above = type.getSuperclass(); above != null; above = above.getSuperclass()) {
                if (above.isAnnotationPresent(Needs.class) && !found.contains(above.getAnnotation(Needs.class))) {
                    found.add(above.getAnnotation(Needs.class));
                }
            }
            type = type.getEnclosingClass();
        }
        return found;
    }
}
