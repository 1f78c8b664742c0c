package io.portolan.testkit;

import io.portolan.rules.ModuleRules;

class ArchitectureTest extends ModuleRules {}
