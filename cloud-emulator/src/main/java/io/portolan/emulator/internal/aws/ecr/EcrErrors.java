package io.portolan.emulator.internal.aws.ecr;

import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.AwsError;

/** The errors of ECR. */
final class EcrErrors {
    private static final String IN_REGISTRY = " in the registry with id '" + AwsEmulator.ACCOUNT + "'";

    private EcrErrors() {}

    static AwsError repositoryNotFound(String name) {
        return of(
                "RepositoryNotFoundException", "The repository with name '" + name + "' does not exist" + IN_REGISTRY);
    }

    static AwsError repositoryExists(String name) {
        return of(
                "RepositoryAlreadyExistsException",
                "The repository with name '" + name + "' already exists" + IN_REGISTRY);
    }

    static AwsError repositoryNotEmpty(String name) {
        return of(
                "RepositoryNotEmptyException",
                "The repository with name '" + name + "'" + IN_REGISTRY
                        + " cannot be deleted because it still contains images");
    }

    static AwsError imageNotFound(String repository, ImageId id) {
        return of(
                "ImageNotFoundException",
                "The image with imageId {imageDigest:'" + id.digest() + "', imageTag:'" + id.tag()
                        + "'} does not exist within the repository with name '" + repository + "'" + IN_REGISTRY);
    }

    static AwsError tagExists(String repository, String tag) {
        return of(
                "ImageTagAlreadyExistsException",
                "The image tag '" + tag + "' already exists in the '" + repository
                        + "' repository and cannot be overwritten because the repository is immutable.");
    }

    static AwsError imageExists(String repository) {
        return of(
                "ImageAlreadyExistsException",
                "The image already exists in the repository with name '" + repository + "'" + IN_REGISTRY);
    }

    static AwsError policyNotFound(String repository) {
        return of(
                "LifecyclePolicyNotFoundException",
                "Lifecycle policy does not exist for the repository with name '" + repository + "'" + IN_REGISTRY);
    }

    static AwsError invalid(String parameter, String problem) {
        return AwsError.invalidParameter(
                "Invalid parameter at '" + parameter + "' failed to satisfy constraint: '" + problem + "'");
    }

    static AwsError of(String type, String message) {
        return new AwsError(400, type, message);
    }
}
