package io.portolan.images;

import io.portolan.rules.ModuleRules;

class ArchitectureTest extends ModuleRules {}
