package io.portolan.local.internal.container;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.run.Failure;

/**
 * The engine looked at a container and refuses it: another try of the same gives the same. Becomes the verdict of an attempt or of a
 * deployment.
 */
public final class RefusedException extends PortolanException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    RefusedException(String container, Failure failure, Throwable cause) {
        super(builder(ErrorCode.FAILED, "Container '" + container + "' cannot run: " + failure)
                .provider("local")
                .resource(container)
                .cause(cause));
        this.failure = failure;
    }

    /**
     * Why.
     *
     * @return the failure
     */
    public Failure failure() {
        return failure;
    }
}
