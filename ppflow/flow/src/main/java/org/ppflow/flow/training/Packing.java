package org.ppflow.flow.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the images of a training batch pass attention. */
public enum Packing {
    /** Each level's images as that level's own sub-graph: no image sees another. */
    @JsonProperty("levels")
    LEVELS,
    /** As the published training pass does it, where images of coarse levels see each other; for ablation. */
    @JsonProperty("authors")
    AUTHORS
}
