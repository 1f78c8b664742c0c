package io.portolan.aws.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts as ECS gives them. */
class FailureMapperTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OUT_OF_MEMORY | false | OutOfMemoryError: Container killed due to memory usage
            IMAGE_NOT_FOUND | false | CannotPullContainerError: Error response from daemon: manifest for 123456789012.dkr.ecr.eu-central-1.amazonaws.com/etl:1.4 not found: manifest unknown: Requested image not found
            IMAGE_NOT_FOUND | false | CannotPullContainerError: failed to resolve reference "docker.io/acme/none:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed
            IMAGE_NOT_FOUND | false | CannotPullContainerError: invalid reference format
            IMAGE_NOT_FOUND | false | CannotPullImageManifestError: Error response from daemon: manifest unknown: manifest unknown
            IMAGE_AUTH | false | CannotPullContainerError: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/r/t is not authorized to perform: ecr:BatchGetImage
            IMAGE_AUTH | false | CannotPullContainerError: Error response from daemon: Get "https://ghcr.io/v2/acme/etl/manifests/1": unauthorized
            IMAGE_AUTH | false | CannotPullECRContainerError: AccessDeniedException
            IMAGE_PULL_TRANSIENT | true | CannotPullContainerError: pull image manifest has been retried 5 time(s): httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/x/manifests/1: 429 Too Many Requests - toomanyrequests: You have reached your pull rate limit
            IMAGE_PULL_TRANSIENT | true | CannotPullContainerError: Error response from daemon: received unexpected HTTP status: 503 Service Unavailable
            IMAGE_PULL_TRANSIENT | true | CannotPullContainerError: Error response from daemon: Get "https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)
            IMAGE_PULL_TRANSIENT | true | CannotPullContainerError: context canceled
            PLATFORM | false | CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob1: no space left on device
            BAD_IMAGE | false | CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'
            SECRET | false | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-central-1:123456789012:secret:db from secrets manager: ResourceNotFoundException
            SECRET | false | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 5 time(s): RequestCanceled: request context canceled
            IMAGE_AUTH | false | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post "https://api.ecr.eu-central-1.amazonaws.com/": dial tcp 10.0.0.1:443: i/o timeout
            VOLUME | false | ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve "fs-0123.efs.eu-central-1.amazonaws.com" - check that your file system ID is correct
            PLATFORM | false | ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.
            NO_CAPACITY | true | RESOURCE:MEMORY
            NO_CAPACITY | true | RESOURCE:GPU
            NO_CAPACITY | true | AGENT
            NO_CAPACITY | true | LOCATION
            NO_CAPACITY | true | TaskFailedToStart: RESOURCE:CPU
            NO_CAPACITY | true | TaskFailedToStart: NO ACTIVE INSTANCES
            NO_CAPACITY | true | TaskFailedToStart: EMPTY CAPACITY PROVIDER
            NO_CAPACITY | true | Capacity is unavailable at this time. Please try again later or in a different availability zone
            NO_CAPACITY | true | No Container Instances were found in your cluster.
            PLACEMENT | false | ATTRIBUTE
            PLACEMENT | false | TaskFailedToStart: ATTRIBUTE
            PLACEMENT | false | TaskFailedToStart: MemberOf placement constraint unsatisfied.
            QUOTA | false | You've reached the limit on the number of vCPUs you can run concurrently
            PLATFORM | true | Timeout waiting for network interface provisioning to complete.
            PREEMPTED | true | Your Spot Task was interrupted.
            PREEMPTED | true | Host EC2 (instance i-0123456789abcdef0) terminated.
            PLATFORM | true | InternalError: network interface deletion failed
            PLATFORM | true | CannotInspectContainerError: Could not transition to inspecting; timed out after waiting 30s
            PLATFORM | true | ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 3m0s
            PLATFORM | true | CgroupError: Agent could not create task's platform resources
            BAD_IMAGE | false | CannotStartContainerError: Error response from daemon: exec format error
            BAD_IMAGE | false | ContainerRuntimeError: runc create failed: unable to start container process: exec /app: exec format error
            BAD_COMMAND | false | CannotStartContainerError: Error response from daemon: OCI runtime create failed: exec: "nope": executable file not found in $PATH: unknown
            BAD_COMMAND | false | CannotStartContainerError: Error response from daemon: failed to create task: exec: "/data": permission denied: unknown
            BAD_IMAGE | false | CannotCreateContainerError: Error response from daemon: No command specified
            PLATFORM | true | CannotStartContainerError: Error response from daemon: something new
            """)
    void find_ofAKnownText_isItsCause(FailureCause cause, boolean retryable, String text) {
        Failure failure = FailureMapper.find(text, "TaskFailedToStart").orElseThrow();

        assertThat(failure.cause()).isEqualTo(cause);
        assertThat(failure.isRetryable()).isEqualTo(retryable);
        assertThat(failure.message()).isEqualTo(text);
        assertThat(failure.nativeCode()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CannotPullContainerError: dial tcp 52.1.2.3:443: i/o timeout
            ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve ecr registry auth: RequestError
            ResourceInitializationError: unable to retrieve secret from asm: context deadline exceeded
            """)
    void find_ofAnAddressThatCannotBeReached_hintsAtPrivateSubnets(String text) {
        assertThat(FailureMapper.find(text, "x").flatMap(Failure::hint).orElseThrow())
                .contains("private subnet")
                .contains("ecr.dkr");
    }

    @Test
    void find_ofAnotherText_isEmpty() {
        assertThat(FailureMapper.find("Essential container in task exited", "x"))
                .isEmpty();
    }
}
