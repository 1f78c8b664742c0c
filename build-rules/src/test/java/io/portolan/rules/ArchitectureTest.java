package io.portolan.rules;

class ArchitectureTest extends ModuleRules {}
