package io.portolan.portability;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one provider can do. Immutable. */
public final class CapabilitySet {
    private final Set<Capability> capabilities;

    private CapabilitySet(EnumSet<Capability> capabilities) {
        this.capabilities = Collections.unmodifiableSet(capabilities);
    }

    /**
     * Everything but what is listed: the default is to be able.
     *
     * @param lacking what the provider cannot do
     * @return the set
     */
    public static CapabilitySet allExcept(Capability... lacking) {
        EnumSet<Capability> all = EnumSet.allOf(Capability.class);
        for (Capability capability : lacking) {
            all.remove(capability);
        }
        return new CapabilitySet(all);
    }

    /**
     * Whether the provider can do it.
     *
     * @param capability what
     * @return true if it can
     */
    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    /**
     * All of them.
     *
     * @return unmodifiable, in the order of the enum
     */
    public Set<Capability> asSet() {
        return capabilities;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CapabilitySet that && capabilities.equals(that.capabilities);
    }

    @Override
    public int hashCode() {
        return capabilities.hashCode();
    }

    @Override
    public String toString() {
        return capabilities.toString();
    }
}
