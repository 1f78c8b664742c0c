/**
 * The rules that the code of every module keeps, as tests.
 *
 * <p>Each module has one test class that extends {@link io.portolan.rules.ModuleRules}. The rules pass on a module that
 * has no code yet.
 */
@NullMarked
package io.portolan.rules;

import org.jspecify.annotations.NullMarked;
