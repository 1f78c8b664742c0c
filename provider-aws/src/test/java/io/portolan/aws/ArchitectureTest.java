package io.portolan.aws;

import io.portolan.rules.ModuleRules;

class ArchitectureTest extends ModuleRules {}
