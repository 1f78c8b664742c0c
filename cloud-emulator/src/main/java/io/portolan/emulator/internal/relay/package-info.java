/** Load balancers: addresses that stay while the servers behind them change. */
@NullMarked
package io.portolan.emulator.internal.relay;

import org.jspecify.annotations.NullMarked;
