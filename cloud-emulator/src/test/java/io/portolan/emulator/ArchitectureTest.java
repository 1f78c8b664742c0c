package io.portolan.emulator;

import io.portolan.rules.ModuleRules;

class ArchitectureTest extends ModuleRules {}
