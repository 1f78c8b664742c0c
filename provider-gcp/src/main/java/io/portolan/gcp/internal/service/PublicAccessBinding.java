package io.portolan.gcp.internal.service;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.definition.ServiceMapper;
import org.jspecify.annotations.Nullable;

/**
 * Opens a service to all by its IAM policy, where that is asked for. A policy can only be written whole: it is read before, and the etag
 * keeps what others write meanwhile. Thread-safe.
 */
final class PublicAccessBinding {
    private static final String INVOKER = "roles/run.invoker";
    private static final String ALL_USERS = "allUsers";
    private static final int TRIES = 5;

    private final RunServices services;

    PublicAccessBinding(RunServices services) {
        this.services = services;
    }

    /**
     * Lets a service be as open as its spec says. Costs nothing where no binding is or was asked for.
     *
     * @param before what was deployed before, null if nothing was
     */
    void apply(Wish wish, @Nullable Wish before) {
        boolean wanted = ServiceMapper.needsBinding(wish.spec(), wish.settings());
        if (wanted || (before != null && ServiceMapper.needsBinding(before.spec(), before.settings()))) {
            set(wish.resource(), wanted);
        }
    }

    private void set(String service, boolean open) {
        for (int tries = 1; ; tries++) {
            Policy policy = services.policy(service);
            if (isOpen(policy) == open) {
                return;
            }
            try {
                services.setPolicy(service, open ? opened(policy) : closed(policy));
                return;
            } catch (PortolanException e) {
                if (e.code() != ErrorCode.CONFLICT || tries >= TRIES) {
                    throw e;
                }
            }
        }
    }

    private static boolean isOpen(Policy policy) {
        return policy.getBindingsList().stream()
                .anyMatch(
                        binding -> isPlain(binding) && binding.getMembersList().contains(ALL_USERS));
    }

    private static Policy opened(Policy policy) {
        return policy.toBuilder()
                .addBindings(Binding.newBuilder().setRole(INVOKER).addMembers(ALL_USERS))
                .build();
    }

    private static Policy closed(Policy policy) {
        Policy.Builder closed = policy.toBuilder().clearBindings();
        for (Binding binding : policy.getBindingsList()) {
            Binding.Builder kept = binding.toBuilder();
            if (isPlain(binding)) {
                kept.clearMembers();
                binding.getMembersList().stream()
                        .filter(member -> !member.equals(ALL_USERS))
                        .forEach(kept::addMembers);
            }
            if (kept.getMembersCount() > 0) {
                closed.addBindings(kept);
            }
        }
        return closed.build();
    }

    private static boolean isPlain(Binding binding) {
        return binding.getRole().equals(INVOKER) && !binding.hasCondition();
    }
}
