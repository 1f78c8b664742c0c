package io.portolan.benchmarks;

import io.portolan.rules.ModuleRules;

class ArchitectureTest extends ModuleRules {

    @Override
    protected boolean isLibrary() {
        return false;
    }
}
