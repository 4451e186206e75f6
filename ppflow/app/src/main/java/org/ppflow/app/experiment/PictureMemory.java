package org.ppflow.app.experiment;

import java.util.Locale;
import org.ppflow.app.config.DataConfig;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.nn.errors.BadInputException;

/**
 * Whether the pictures that a classifier learns from, or is tested on, have room in memory: half of what Java may take is left for everything else.
 *
 * @param heap most that Java takes, in bytes
 */
record PictureMemory(long heap) {
    private static final double MIB = 1024.0 * 1024;

    /** Refuses a selection that would take more than half the heap, or more than one array holds. */
    void require(PictureSelection selection, DataConfig data) {
        long each = (long) data.size() * data.size() * data.channels();
        long bytes = Math.multiplyExact(selection.size(), each);
        long most = Math.min(heap / 2, Integer.MAX_VALUE - 8L);
        if (bytes > most) {
            throw BadInputException.at("data.source: " + data.source())
                    .found(String.format(
                            Locale.ROOT,
                            "%,d pictures of %dx%d, %.0f MiB in memory for the classifier",
                            selection.size(),
                            data.size(),
                            data.size(),
                            bytes / MIB))
                    .expected(String.format(Locale.ROOT, "at most %.0f MiB", most / MIB))
                    .advice(
                            "choose a smaller data.size, give Java more (PPFLOW_JAVA_OPTS=-Xmx4g), or score by a network,"
                                    + " which takes them one by one: evaluation.network and evaluation.reference")
                    .build();
        }
    }
}
