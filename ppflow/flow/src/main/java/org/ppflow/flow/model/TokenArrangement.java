package org.ppflow.flow.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.level.PackedRows;
import org.ppflow.flow.level.TokenLayout;
import org.ppflow.nn.layer.AttentionRows;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Images that pass the blocks together, as a packing puts them.
 *
 * @param layout rows of the matrix of tokens
 * @param attention of these rows
 */
record TokenArrangement(TokenLayout layout, TokenAttention attention) {
    /** Far below any score, and its exponential is 0 exactly. */
    private static final float MASKED = -1e9f;

    /**
     * Arranges a batch.
     *
     * @param tokens of an image of each level
     * @return one arrangement for each sub-graph
     * @throws IllegalArgumentException if images do not fill whole rows, where a packing has rows
     */
    static List<TokenArrangement> of(Ops tf, Packing packing, BatchPlan plan, List<Integer> tokens, DitConfig config) {
        List<TokenLayout.Group> groups = TokenLayout.of(plan, tokens).groups();
        for (TokenLayout.Group group : groups) {
            if (!packing.fills(group.images(), group.level(), tokens)) {
                throw new IllegalArgumentException("packing: level " + group.level() + " has " + group.images()
                        + " images of " + group.tokens() + " tokens, which do not fill rows of "
                        + packing.row(tokens).orElseThrow()
                        + "; take a batch that does, or the packing levels or bucketed");
            }
        }
        int finest = tokens.get(tokens.size() - 1);
        return switch (packing) {
            case LEVELS ->
                groups.stream()
                        .map(group -> alone(group, isolated(group.tokens(), config)))
                        .toList();
            case AUTHORS ->
                groups.stream()
                        .map(group -> alone(group, shared(tf, group, finest, config)))
                        .toList();
            case BUCKETED ->
                List.of(new TokenArrangement(
                        new TokenLayout(groups),
                        new TokenAttention(groups.stream()
                                .map(group -> new TokenAttention.Part(group.rows(), isolated(group.tokens(), config)))
                                .toList())));
            case MASKED -> List.of(masked(tf, groups, config));
        };
    }

    private static TokenArrangement alone(TokenLayout.Group group, AttentionRows attention) {
        return new TokenArrangement(
                new TokenLayout(List.of(group)),
                new TokenAttention(List.of(new TokenAttention.Part(group.rows(), attention))));
    }

    private static AttentionRows isolated(int tokens, DitConfig config) {
        return new AttentionRows(tokens, 1, config.heads(), config.hidden(), Optional.empty());
    }

    /**
     * The published packing with its two errors (their {@code modules/patch_n_pack.py}): s images of a level share a row of attention, their tokens
     * interleaved (token k of image i at place k·s + i), while the mask is made for blocks of neighbouring places; and the mask is 1
     * inside a block and 0 outside, <em>added</em> to the scores, so nothing is cut off.
     */
    private static AttentionRows shared(Ops tf, TokenLayout.Group group, int finest, DitConfig config) {
        int images = finest / group.tokens();
        return images == 1
                ? isolated(finest, config)
                : new AttentionRows(
                        finest,
                        images,
                        config.heads(),
                        config.hidden(),
                        Optional.of(blocks(tf, finest, group.tokens(), 1, 0)));
    }

    private static TokenArrangement masked(Ops tf, List<TokenLayout.Group> groups, DitConfig config) {
        int longest = PackedRows.of(new TokenLayout(groups)).length();
        List<Operand<TFloat32>> masks = new ArrayList<>();
        int rows = 0;
        for (TokenLayout.Group group : groups) {
            int own = group.rows() / longest;
            // (L, L) -> (rows, 1, L, L)
            masks.add(tf.broadcastTo(
                    blocks(tf, longest, group.tokens(), 0, MASKED), tf.constant(new int[] {own, 1, longest, longest})));
            rows += group.rows();
        }
        AttentionRows attention = new AttentionRows(
                longest,
                1,
                config.heads(),
                config.hidden(),
                Optional.of(masks.size() == 1 ? masks.get(0) : tf.concat(masks, tf.constant(0))));
        return new TokenArrangement(
                new TokenLayout(groups), new TokenAttention(List.of(new TokenAttention.Part(rows, attention))));
    }

    /** (L, L): one value inside blocks of neighbouring places, another outside. */
    private static Operand<TFloat32> blocks(Ops tf, int row, int block, float inside, float outside) {
        float[] mask = new float[row * row];
        for (int query = 0; query < row; query++) {
            for (int key = 0; key < row; key++) {
                mask[query * row + key] = query / block == key / block ? inside : outside;
            }
        }
        return tf.constant(Shape.of(row, row), DataBuffers.of(mask, true, false));
    }
}
