/**
 * What a spec becomes on each provider, known offline: capabilities as data and the findings of a portability report.
 */
@NullMarked
package io.portolan.portability;

import org.jspecify.annotations.NullMarked;
