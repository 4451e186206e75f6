package org.ppflow.nn.session;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The type in which matrix products are computed. Variables, optimizer and EMA are float32 in both. */
public enum Precision {
    /** IEEE single precision. */
    @JsonProperty("fp32")
    FP32,
    /** bfloat16 inputs with float32 sums, where TensorFlow's rewriter finds it safe; fast only on processors that have it. */
    @JsonProperty("bf16")
    BF16
}
