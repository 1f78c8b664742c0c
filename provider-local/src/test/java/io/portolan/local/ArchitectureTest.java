package io.portolan.local;

import io.portolan.rules.ModuleRules;

class ArchitectureTest extends ModuleRules {}
