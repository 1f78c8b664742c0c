package io.portolan.gcp.option;

/** Which connections of a container go through the VPC. */
public enum VpcEgress {
    /** Those to private addresses. */
    PRIVATE_RANGES_ONLY,
    /** All, so that the VPC decides on the way into the internet. */
    ALL_TRAFFIC
}
