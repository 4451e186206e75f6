package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.load.LoadWatch;
import org.ppflow.app.load.OtherLoad;
import org.ppflow.app.load.ProcessorClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * What other programs take of the processors while a model is trained, over all starts. Kept beside the checkpoints, since a training that is killed goes on; steps that are done
 * again count again, which changes a share of time little.
 */
final class TrainingLoad {
    /** In the model's folder. */
    static final String NAME = "other-load.json";

    private static final Logger LOG = LoggerFactory.getLogger(TrainingLoad.class);

    private final Path file;
    private final ProcessorClock clock;
    private final int threads;
    private @Nullable LoadWatch watch;
    private OtherLoad total = OtherLoad.NONE;

    /**
     * Nothing is watched yet.
     *
     * @param file of earlier starts, which need not be there
     * @param threads that compute, 0 for one a core
     */
    TrainingLoad(Path file, int threads) {
        this(file, ProcessorClock.ofThisProcess(), threads);
    }

    TrainingLoad(Path file, ProcessorClock clock, int threads) {
        this.file = file;
        this.clock = clock;
        this.threads = threads;
    }

    /** Watches from now on; a training that goes on adds to what was kept. */
    void start(long step) throws IOException {
        total = step == 0 ? OtherLoad.NONE : kept();
        watch = LoadWatch.start(clock, threads);
    }

    private OtherLoad kept() throws IOException {
        if (!Files.exists(file)) { // begun by a version that did not watch
            return OtherLoad.NONE;
        }
        try {
            return StageJson.read(file, OtherLoad.class);
        } catch (JacksonException e) { // damaged: no reason to stop a training
            LOG.warn("{} cannot be read; what it had is not counted", file, e);
            return OtherLoad.NONE;
        }
    }

    /** Until now. */
    OtherLoad total() {
        if (watch != null) {
            total = total.plus(watch.lap());
        }
        return total;
    }

    /** Keeps it for a start to come. */
    void save() throws IOException {
        StageJson.write(file, total());
    }
}
