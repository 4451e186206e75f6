package org.ppflow.flow.forward;

import java.io.IOException;
import java.util.Arrays;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorInfo;

/**
 * What a network is to be asked: N states, each with its own time and class.
 *
 * @param x states, [N, C, H, W], latents as the model sees them (scaled)
 * @param t times, N of them, in [0, 1] from noise to data
 * @param y classes, N of them; {@link DitConfig#nullClass()} for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ForwardInput(FloatArray x, double[] t, int[] y) {
    /**
     * Reads {@code x}, {@code t} (N or a scalar) and {@code y} of a file.
     *
     * @throws BadInputException naming array and index where something is missing or does not fit the network
     */
    public static ForwardInput read(TensorFile file, DitConfig config) throws IOException {
        FloatArray x = states(file, config);
        int rows = x.rows();
        double[] t = times(file, rows);
        long[] labels = file.longs("y");
        TensorInfo info = file.info("y");
        if (labels.length != rows || info.shape().length > 1) {
            throw bad(file, "y", info.toString(), "one class for each of the " + rows + " rows of x");
        }
        int last = config.hasNullClass() ? config.nullClass() : config.classes() - 1;
        int[] y = new int[rows];
        for (int row = 0; row < rows; row++) {
            if (labels[row] < 0 || labels[row] > last) {
                throw bad(file, "y[" + row + "]", Long.toString(labels[row]), "a class from 0 to " + last);
            }
            y[row] = (int) labels[row];
        }
        return new ForwardInput(x, t, y);
    }

    private static FloatArray states(TensorFile file, DitConfig config) throws IOException {
        TensorInfo info = file.info("x");
        int[] shape = info.shape();
        boolean fits = shape.length == 4
                && shape[0] > 0
                && shape[1] == config.channels()
                && shape[2] == config.height()
                && shape[3] == config.width();
        if (!fits || !info.type().isFloating()) {
            throw bad(
                    file,
                    "x",
                    info.toString(),
                    "floating-point numbers of shape [N, " + config.channels() + ", " + config.height() + ", "
                            + config.width() + "]");
        }
        FloatArray x = file.floats("x");
        for (int i = 0; i < x.values().length; i++) {
            if (!Float.isFinite(x.values()[i])) {
                throw bad(file, "x[" + i / x.rowSize() + "]", Float.toString(x.values()[i]), "finite numbers");
            }
        }
        return x;
    }

    private static double[] times(TensorFile file, int rows) throws IOException {
        TensorInfo info = file.info("t");
        boolean one = info.size() == 1;
        if (!info.type().isFloating() || info.shape().length > 1 || (!one && info.size() != rows)) {
            throw bad(file, "t", info.toString(), "a time for each of the " + rows + " rows of x, or one for all");
        }
        double[] t = file.doubles("t");
        for (int row = 0; row < t.length; row++) {
            if (!(t[row] >= 0 && t[row] <= 1)) {
                throw bad(file, "t[" + row + "]", Double.toString(t[row]), "a time in [0, 1]");
            }
        }
        if (one) {
            double[] all = new double[rows];
            Arrays.fill(all, t[0]);
            return all;
        }
        return t;
    }

    private static BadInputException bad(TensorFile file, String place, String found, String expected) {
        return BadInputException.at(file.path() + ": " + place)
                .found(found)
                .expected(expected)
                .build();
    }
}
