package io.portolan.image;

/** The processor architecture that an image is built for, in the words of the OCI image specification. */
public enum Architecture {
    /** {@code linux/amd64}, the default everywhere. */
    AMD64("amd64"),
    /** {@code linux/arm64}. */
    ARM64("arm64");

    private final String ociName;

    Architecture(String ociName) {
        this.ociName = ociName;
    }

    /**
     * The value of {@code architecture} in an OCI image configuration.
     *
     * @return {@code amd64} or {@code arm64}
     */
    public String ociName() {
        return ociName;
    }
}
