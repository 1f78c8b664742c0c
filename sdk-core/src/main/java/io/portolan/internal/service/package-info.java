/** The handles of service deployments. */
@NullMarked
package io.portolan.internal.service;

import org.jspecify.annotations.NullMarked;
