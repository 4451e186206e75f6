package org.ppflow.app.command.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ppflow.app.sample.SampleStart;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;
import org.ppflow.nn.weights.TensorInfo;

/**
 * Reads the states that samples start from: {@code x0} (noise), or {@code x1} (data), also by the name {@code latents} that a sampling gives it, [N, C, H, W], and classes
 * {@code y}, [N].
 */
final class StartFile {
    private static final String NOISE = "x0";
    private static final String DATA = "x1";

    /** As samples are written. */
    private static final String SAMPLES = "latents";

    /** As decoded samples are written. */
    private static final String PICTURES = "arr_0";

    private StartFile() {}

    /**
     * Reads; all of it is in memory.
     *
     * @param data whether data is wanted: x1 where it is there, else latents, else x0
     * @throws BadInputException naming array and index of what does not fit the network
     */
    static SampleStart.Given read(Path path, DitConfig config, boolean data) throws IOException {
        try (TensorFile file = TensorFiles.open(path)) {
            FloatArray states = states(file, name(file, data), config);
            return new SampleStart.Given(
                    states,
                    file.contains("y") ? Optional.of(labels(file, states.rows(), config)) : Optional.empty(),
                    data);
        }
    }

    private static String name(TensorFile file, boolean data) {
        for (String name : data ? List.of(DATA, SAMPLES, NOISE) : List.of(NOISE)) {
            if (file.contains(name)) {
                return name;
            }
        }
        BadInputException.Builder bad = BadInputException.at(file.path().toString())
                .found((data ? "no array " + DATA + " and none called " + SAMPLES : "no array " + NOISE) + "; it has "
                        + String.join(", ", file.names()))
                .expected(
                        data
                                ? DATA + " [N,C,H,W], or " + SAMPLES + " as sample writes them"
                                : NOISE + " [N,C,H,W], the noise that samples start from");
        if (data && file.contains(PICTURES)) {
            bad.advice("these are pictures: draw the samples without --decode");
        } else if (!data && (file.contains(DATA) || file.contains(SAMPLES))) {
            bad.advice("these are data: only --reverse starts from them");
        }
        throw bad.build();
    }

    private static FloatArray states(TensorFile file, String name, DitConfig config) throws IOException {
        TensorInfo info = file.info(name);
        int[] shape = info.shape();
        boolean fits = shape.length == 4
                && shape[0] > 0
                && shape[1] == config.channels()
                && shape[2] == config.height()
                && shape[3] == config.width();
        if (!fits || !info.type().isFloating()) {
            throw bad(
                    file,
                    name,
                    info.toString(),
                    "floating-point numbers of shape [N, " + config.channels() + ", " + config.height() + ", "
                            + config.width() + "]");
        }
        FloatArray states = file.floats(name);
        int size = states.rowSize();
        int plane = config.height() * config.width();
        for (int i = 0; i < states.values().length; i++) {
            if (!Float.isFinite(states.values()[i])) {
                int inside = i % size;
                String place = "[" + i / size + ", " + inside / plane + ", " + inside % plane / config.width() + ", "
                        + inside % config.width() + "]";
                throw bad(file, name + place, Float.toString(states.values()[i]), "finite numbers");
            }
        }
        return states;
    }

    private static int[] labels(TensorFile file, int rows, DitConfig config) throws IOException {
        TensorInfo info = file.info("y");
        long[] labels = file.longs("y");
        if (labels.length != rows || info.shape().length > 1) {
            throw bad(file, "y", info.toString(), "one class for each of the " + rows + " rows");
        }
        int last = config.hasNullClass() ? config.nullClass() : config.classes() - 1;
        int[] classes = new int[rows];
        for (int row = 0; row < rows; row++) {
            if (labels[row] < 0 || labels[row] > last) {
                throw bad(file, "y[" + row + "]", Long.toString(labels[row]), "a class from 0 to " + last);
            }
            classes[row] = (int) labels[row];
        }
        return classes;
    }

    private static BadInputException bad(TensorFile file, String place, String found, String expected) {
        return BadInputException.at(file.path() + ": " + place)
                .found(found)
                .expected(expected)
                .build();
    }
}
