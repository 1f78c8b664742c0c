package io.portolan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests run on the class path, so that a module descriptor that does not resolve would go unnoticed there. */
class ModulePathIT {

    private static final ModuleFinder DEPENDENCIES =
            ModuleFinder.of(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> entry.endsWith(".jar"))
                    .map(Path::of)
                    .toArray(Path[]::new));

    @Test
    void module_onTheModulePath_resolvesWithAllItsDependencies() throws IOException {
        ModuleLayer layer = coreLayer();
        assertThat(layer.findModule("io.portolan")).isPresent();
    }

    @Test
    void module_onTheModulePath_exportsNothingInternal() throws IOException {
        Module core = coreLayer().findModule("io.portolan").orElseThrow();
        assertThat(core.getPackages()).contains("io.portolan");
        assertThat(core.getPackages().stream().filter(core::isExported))
                .noneMatch(name -> (name + ".").contains(".internal."));
    }

    @Test
    void dependencies_thatAreNoModules_declareTheirName() throws IOException {
        Configuration configuration = coreLayer().configuration();
        Set<String> required =
                configuration.findModule("io.portolan").orElseThrow().reference().descriptor().requires().stream()
                        .map(ModuleDescriptor.Requires::name)
                        .collect(Collectors.toSet());
        List<ModuleReference> withoutDescriptor = configuration.modules().stream()
                .map(ResolvedModule::reference)
                .filter(module -> required.contains(module.descriptor().name()))
                .filter(module -> module.descriptor().isAutomatic())
                .toList();
        assertThat(withoutDescriptor).allSatisfy(module -> {
            try (JarFile jar =
                    new JarFile(Path.of(module.location().orElseThrow()).toFile())) {
                assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                        .isEqualTo(module.descriptor().name());
            }
        });
    }

    private static ModuleLayer coreLayer() throws IOException {
        ModuleFinder core = ModuleFinder.of(coreJar());
        Configuration configuration =
                ModuleLayer.boot().configuration().resolve(core, DEPENDENCIES, Set.of("io.portolan"));
        return ModuleLayer.boot().defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    }

    private static Path coreJar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("portolan-core-[^-]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
