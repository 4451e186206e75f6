package org.ppflow.flow.model;

/** Names of tensors in published state dicts, where code asks for them outside the network itself. */
final class TensorNames {
    static final String LABEL_TABLE = "y_embedder.embedding_table.weight";
    static final String LEVEL_TABLE = "level_embedder.embedding_table.weight";
    static final String POSITIONS = "pos_embed";

    private TensorNames() {}

    /** {@code blocks.N.PART}. */
    static String block(int index, String part) {
        return "blocks." + index + "." + part;
    }

    /** Patch projection of a level; the last level has SiT's name, level i from the coarsest i + 1 behind it. */
    static String patchProjection(int level, int levels) {
        return "x_embedder.proj" + suffix(level, levels);
    }

    /** Projection of a level from tokens back to patches. */
    static String output(int level, int levels) {
        return "final_layer.linear" + suffix(level, levels);
    }

    /** Position table of a level. */
    static String positions(int level, int levels) {
        return levels == 1 ? POSITIONS : POSITIONS + "." + level;
    }

    /** Whether a tensor is a position table. */
    static boolean isPositions(String name) {
        return name.equals(POSITIONS) || name.startsWith(POSITIONS + ".");
    }

    /** What tells a level's projections from the finest one's. */
    static String suffix(int level, int levels) {
        return level == levels - 1 ? "" : Integer.toString(level + 1);
    }
}
