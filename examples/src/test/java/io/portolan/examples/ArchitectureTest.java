package io.portolan.examples;

import io.portolan.rules.ModuleRules;

class ArchitectureTest extends ModuleRules {

    @Override
    protected boolean isLibrary() {
        return false;
    }
}
