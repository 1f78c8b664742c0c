/** Services on Amazon ECS: revisions are task definitions, and a change is a deployment that is watched to its end. */
@NullMarked
package io.portolan.aws.internal.service;

import org.jspecify.annotations.NullMarked;
