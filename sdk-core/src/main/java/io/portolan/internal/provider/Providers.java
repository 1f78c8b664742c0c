package io.portolan.internal.provider;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.id.ProviderId;
import io.portolan.internal.text.NearestName;
import io.portolan.spi.CloudProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The providers on the class path. Each lookup asks {@link ServiceLoader} anew and stops as soon as it has what it wants; making a provider
 * is cheap and opens nothing.
 */
public final class Providers {
    /** Names of the providers of this project to their artifacts. */
    private static final TreeMap<String, String> ARTIFACTS = new TreeMap<>(Map.of(
            "local", "io.portolan:portolan-local",
            "aws", "io.portolan:portolan-aws",
            "gcp", "io.portolan:portolan-gcp",
            "azure", "io.portolan:portolan-azure"));

    private static final String PATH = "portolan.provider";

    private Providers() {}

    /**
     * All providers.
     *
     * @return by their names; of two with the same name the first on the class path
     * @throws InvalidSpecException if one is there but cannot be made
     */
    public static List<CloudProvider> all() {
        Map<ProviderId, CloudProvider> byId = new TreeMap<>();
        Error broken = each(provider -> {
            byId.putIfAbsent(provider.id(), provider);
            return false;
        });
        if (broken != null) {
            throw invalid(broken(broken));
        }
        return List.copyOf(byId.values());
    }

    /**
     * One provider.
     *
     * @param id its name
     * @return empty if it is not on the class path
     */
    public static Optional<CloudProvider> lookup(ProviderId id) {
        List<CloudProvider> found = new ArrayList<>(1);
        Error broken = each(provider -> provider.id().equals(id) && found.add(provider));
        if (found.isEmpty() && broken != null) {
            throw invalid(broken(broken));
        }
        return found.stream().findFirst();
    }

    /**
     * One provider that must be there.
     *
     * @param id its name
     * @return the provider
     * @throws InvalidSpecException naming the artifact to add, or the nearest name that is there
     */
    public static CloudProvider find(ProviderId id) {
        return lookup(id).orElseThrow(() -> invalid(absent(id)));
    }

    /**
     * The provider that is meant where none is named.
     *
     * @param found takes what is wrong if there is not exactly one
     * @return the only one on the class path
     */
    public static Optional<CloudProvider> onlyOne(List<Violation> found) {
        List<CloudProvider> all = all();
        if (all.size() == 1) {
            return Optional.of(all.get(0));
        }
        found.add(
                all.isEmpty()
                        ? new Violation(
                                PATH,
                                "",
                                "is required and no provider is on the class path",
                                "add one of " + String.join(", ", ARTIFACTS.values()))
                        : new Violation(
                                PATH,
                                "",
                                "is required as several providers are on the class path",
                                "set it to one of " + names(all)));
        return Optional.empty();
    }

    /**
     * Names of the providers of this project, on the class path or not.
     *
     * @return sorted
     */
    public static Set<String> ownNames() {
        return Collections.unmodifiableSet(ARTIFACTS.keySet());
    }

    private static Violation absent(ProviderId id) {
        List<CloudProvider> all = all();
        String artifact = ARTIFACTS.get(id.value());
        if (artifact != null) {
            return new Violation(PATH, id.value(), "is not on the class path", "add " + artifact + " to it");
        }
        List<String> names = names(all);
        List<String> known = new ArrayList<>(ARTIFACTS.keySet());
        known.addAll(names);
        String fix = NearestName.of(id.value(), known)
                .map(n -> "did you mean '" + n + "'?")
                .orElse("add its artifact to the class path, or set one of " + ARTIFACTS.keySet());
        return new Violation(PATH, id.value(), "is not among the providers on the class path, " + names, fix);
    }

    private static List<String> names(List<CloudProvider> providers) {
        return providers.stream().map(p -> p.id().value()).toList();
    }

    private static Violation broken(Error error) {
        return new Violation(
                PATH,
                "",
                "cannot be looked up: " + error.getMessage(),
                "check that the provider's jar and all its dependencies have versions that fit");
    }

    private static InvalidSpecException invalid(Violation violation) {
        return new InvalidSpecException("configuration", List.of(violation));
    }

    /** Asks until one is accepted. A provider that cannot be made must not hide the others. */
    private static @Nullable Error each(Predicate<CloudProvider> isLast) {
        Error broken = null;
        Iterator<CloudProvider> providers = loader().iterator();
        while (true) {
            try {
                if (!providers.hasNext() || isLast.test(providers.next())) {
                    return broken;
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                broken = broken == null ? e : broken;
            }
        }
    }

    /** The class loader of the thread sees what the application sees; where it sees no provider at all, ours may. */
    private static ServiceLoader<CloudProvider> loader() {
        ServiceLoader<CloudProvider> ofThread = ServiceLoader.load(CloudProvider.class);
        ClassLoader own = CloudProvider.class.getClassLoader();
        return Thread.currentThread().getContextClassLoader() == own
                        || ofThread.stream().findAny().isPresent()
                ? ofThread
                : ServiceLoader.load(CloudProvider.class, own);
    }
}
