package org.ppflow.app.figure;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.flow.level.PatchSize;

/**
 * Which pixels of a latent go into which token.
 *
 * @param patch pixels of a token
 * @param height of the latent
 * @param width of the latent
 */
public record TokenGrid(PatchSize patch, int height, int width) {
    /**
     * A token.
     *
     * @param index in the sequence, rows of tokens one after the other
     * @param top first row of pixels
     * @param left first column of pixels
     */
    public record Token(int index, int top, int left) {}

    public TokenGrid {
        if (!patch.tiles(height, width)) {
            throw new IllegalArgumentException("patch: " + patch + " does not divide latent " + height + "x" + width);
        }
    }

    /** Tokens below each other. */
    public int rows() {
        return height / patch.rows();
    }

    /** Tokens beside each other. */
    public int columns() {
        return width / patch.columns();
    }

    /** All tokens in the order of the sequence. */
    public List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        for (int row = 0; row < rows(); row++) {
            for (int column = 0; column < columns(); column++) {
                tokens.add(new Token(row * columns() + column, row * patch.rows(), column * patch.columns()));
            }
        }
        return tokens;
    }
}
