package org.ppflow.flow.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.OptionalInt;
import org.ppflow.flow.level.BatchPlan;

/** How the images of several levels, which have different numbers of tokens, share a training step. */
public enum Packing {
    /** Each level's images pass the shared blocks as that level's own sub-graph: no mask, no padding, no copies. */
    @JsonProperty("levels")
    LEVELS,
    /** The tokens of all levels, one after the other, pass linear layers and MLPs together; attention is by level: fewer, larger products. */
    @JsonProperty("bucketed")
    BUCKETED,
    /** Images of coarse levels share rows as long as an image of the finest, behind a mask that cuts them off from each other (paper, Figure 9). */
    @JsonProperty("masked")
    MASKED,
    /** As the published training pass does it, where images of coarse levels see each other; for ablation. */
    @JsonProperty("authors")
    AUTHORS;

    /** Tokens of a row that several images may share, from the tokens of an image of each level; none where every image is alone. */
    OptionalInt row(List<Integer> tokens) {
        return switch (this) {
            case LEVELS, BUCKETED -> OptionalInt.empty();
            case MASKED -> tokens.stream().mapToInt(Integer::intValue).max();
            case AUTHORS -> OptionalInt.of(tokens.get(tokens.size() - 1));
        };
    }

    /** Whether the images of a level fill whole rows. */
    boolean fills(int images, int level, List<Integer> tokens) {
        OptionalInt row = row(tokens);
        int own = tokens.get(level);
        return row.isEmpty() || (row.getAsInt() % own == 0 && (long) images * own % row.getAsInt() == 0);
    }

    /**
     * Whether the images of a batch can be packed.
     *
     * @param plan images of each level
     * @param tokens of an image of each level
     */
    public boolean fits(BatchPlan plan, List<Integer> tokens) {
        for (int level = 0; level < tokens.size(); level++) {
            if (!fills(plan.count(level), level, tokens)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
