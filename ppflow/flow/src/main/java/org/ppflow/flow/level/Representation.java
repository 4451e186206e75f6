package org.ppflow.flow.level;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the coarse levels of a schedule see of a latent. */
public enum Representation {
    /** The latent itself, cut into larger patches; each level has projections of its own (PPFlow). */
    PATCHES,
    /**
     * The latent averaged down until the finest patch covers what the level's patch does; all levels share the finest one's projections
     * (Pyramidal Flow, Jin et al. 2024, arXiv 2410.05954). Between stages a pixel becomes 2×2 equal ones, and nothing else: what
     * follows does not have the noise that the next stage was trained on.
     */
    PYRAMID,
    /** The same with noise added between stages, which gives the next stage the noise that it was trained on (their section 3.2). */
    PYRAMID_RENOISED;

    /** Whether coarse levels work on smaller latents. */
    public boolean isPyramid() {
        return this != PATCHES;
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
