package org.ppflow.flow.model;

import com.fasterxml.jackson.annotation.JsonProperty;

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

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
