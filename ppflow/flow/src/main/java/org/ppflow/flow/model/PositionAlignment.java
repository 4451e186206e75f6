package org.ppflow.flow.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where in a coarse patch its position is taken, in units of the finest patches. */
public enum PositionAlignment {
    /** Its top-left finest patch: 0, 2, 4 …, as the authors' code does. */
    @JsonProperty("top-left")
    TOP_LEFT,
    /** Its centre: 0.5, 2.5, 4.5 …. */
    @JsonProperty("centred")
    CENTRED
}
