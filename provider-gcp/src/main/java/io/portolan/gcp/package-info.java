/** Jobs, services and images on Cloud Run, Artifact Registry and Cloud Logging. */
@NullMarked
package io.portolan.gcp;

import org.jspecify.annotations.NullMarked;
