package io.portolan.gcp;

import io.portolan.rules.ModuleRules;

class ArchitectureTest extends ModuleRules {}
