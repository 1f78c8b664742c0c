package io.portolan.internal.job;

import io.portolan.config.EngineSettings;
import io.portolan.internal.call.Caller;
import io.portolan.internal.log.LogEngine;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.LogDriver;
import java.time.Clock;

/**
 * What every engine of a connection works with.
 *
 * @param driver the open driver
 * @param caller the one owner of retries
 * @param settings intervals
 * @param clock the time
 * @param threads the threads
 * @param logEngine the reader of logs
 */
public record EngineSupport(
        CloudDriver driver,
        Caller caller,
        EngineSettings settings,
        Clock clock,
        EngineThreads threads,
        LogEngine logEngine) {
    LogDriver logs() {
        return driver.logs();
    }
}
