package org.ppflow.flow.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What to do when a loss or a gradient is NaN or infinite. The step changes nothing in either case. */
public enum OnNotFinite {
    /** The run ends; the newest checkpoint is from before. */
    @JsonProperty("end")
    END,
    /** The step is left out, and training goes on, as PyTorch's scaler of gradients does. */
    @JsonProperty("skip")
    SKIP
}
