package org.ppflow.flow.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorInfo;

/**
 * What the shapes in a file of weights say of the network. Heads and the levels' boundaries they do not say, nor height and width of
 * a latent that is not square.
 *
 * @param channels C
 * @param basePatchRows P of the finest level
 * @param basePatchColumns Q of the finest level
 * @param depth blocks
 * @param hidden D
 * @param mlpRatio feed-forward size over D
 * @param labelRows rows of the label table
 * @param learnSigma whether the final layer gives 2C channels
 * @param levelTable whether there is one
 * @param tokens number of tokens of each level, from the coarsest
 */
public record TensorSizes(
        int channels,
        int basePatchRows,
        int basePatchColumns,
        int depth,
        int hidden,
        int mlpRatio,
        int labelRows,
        boolean learnSigma,
        boolean levelTable,
        List<Integer> tokens) {
    public TensorSizes {
        tokens = List.copyOf(tokens);
    }

    /**
     * Reads the shapes.
     *
     * @throws BadInputException if these are not the weights of a SiT or PPFlow
     */
    public static TensorSizes of(TensorFile file) throws IOException {
        int[] patch = shape(file, "x_embedder.proj.weight", 4);
        int hidden = patch[0];
        int[] feedForward = shape(file, TensorNames.block(0, "mlp.fc1.weight"), 2);
        int depth = 0;
        while (file.contains(TensorNames.block(depth, "mlp.fc1.weight"))) {
            depth++;
        }
        int outputs = shape(file, "final_layer.linear.weight", 2)[0];
        int pixels = patch[1] * patch[2] * patch[3];
        if (hidden == 0
                || pixels == 0
                || feedForward[0] % hidden != 0
                || (outputs != pixels && outputs != 2 * pixels)) {
            throw other(
                    file,
                    "patches of " + pixels + " values, " + outputs + " outputs, D " + hidden + ", feed-forward size "
                            + feedForward[0]);
        }
        return new TensorSizes(
                patch[1],
                patch[2],
                patch[3],
                depth,
                hidden,
                feedForward[0] / hidden,
                shape(file, TensorNames.LABEL_TABLE, 2)[0],
                outputs != pixels,
                file.contains(TensorNames.LEVEL_TABLE),
                tokens(file));
    }

    /** Number of levels. */
    public int levels() {
        return tokens.size();
    }

    /** Tokens of the finest level. */
    int finestTokens() {
        return tokens.get(tokens.size() - 1);
    }

    /** Whether the finest level's patches tile a latent, into as many tokens as it has. */
    boolean tile(int height, int width) {
        return height % basePatchRows == 0
                && width % basePatchColumns == 0
                && (height / basePatchRows) * (width / basePatchColumns) == finestTokens();
    }

    /** Height and width of the latent if it is square and whole patches tile it. */
    public OptionalInt squareLatent() {
        long pixels = (long) finestTokens() * basePatchRows * basePatchColumns;
        int side = (int) Math.round(Math.sqrt((double) pixels));
        boolean fits = (long) side * side == pixels && side % basePatchRows == 0 && side % basePatchColumns == 0;
        return fits && side > 0 ? OptionalInt.of(side) : OptionalInt.empty();
    }

    private static List<Integer> tokens(TensorFile file) throws IOException {
        if (file.contains(TensorNames.POSITIONS)) {
            return List.of(shape(file, TensorNames.POSITIONS, 3)[1]);
        }
        List<Integer> tokens = new ArrayList<>();
        while (file.contains(TensorNames.POSITIONS + "." + tokens.size())) {
            tokens.add(shape(file, TensorNames.POSITIONS + "." + tokens.size(), 3)[1]);
        }
        if (tokens.isEmpty()) {
            throw other(file, "no position table (" + TensorNames.POSITIONS + ")");
        }
        return tokens;
    }

    private static int[] shape(TensorFile file, String name, int axes) throws IOException {
        @Nullable TensorInfo info = file.contains(name) ? file.info(name) : null;
        if (info == null || info.shape().length != axes) {
            throw other(file, info == null ? "no tensor " + name : info.toString());
        }
        return info.shape();
    }

    private static BadInputException other(TensorFile file, String found) {
        return BadInputException.at(file.path().toString())
                .found(found)
                .expected("the weights of a SiT or PPFlow")
                .advice("the command 'weights inspect' lists what is there")
                .build();
    }
}
