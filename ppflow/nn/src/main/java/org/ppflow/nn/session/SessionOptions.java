package org.ppflow.nn.session;

import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * How a session computes.
 *
 * @param threads threads inside an op and between ops; 0 takes all cores. The pool inside ops belongs to the process: the
 *     first session's number holds for all later ones
 * @param precision type of matrix products
 * @param xla whether XLA compiles clusters of ops
 */
public record SessionOptions(int threads, Precision precision, boolean xla) {
    /** All cores, float32, no XLA. */
    public static final SessionOptions DEFAULT = new SessionOptions(0, Precision.FP32, false);

    public SessionOptions {
        if (threads < 0) {
            throw new IllegalArgumentException("threads: " + threads + " must be 0 (all cores) or more");
        }
    }

    /** The same with another number of threads. */
    public SessionOptions withThreads(int newThreads) {
        return new SessionOptions(newThreads, precision, xla);
    }

    /** The same with another type of matrix products. */
    public SessionOptions withPrecision(Precision newPrecision) {
        return new SessionOptions(threads, newPrecision, xla);
    }

    ConfigProto toProto() {
        RewriterConfig.Builder rewriter = RewriterConfig.newBuilder();
        if (precision == Precision.BF16) {
            rewriter.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
        }
        OptimizerOptions.Builder optimizer = OptimizerOptions.newBuilder();
        if (xla) {
            tensorflow.TF_SetTfXlaCpuGlobalJit((byte) 1);
            optimizer.setGlobalJitLevel(OptimizerOptions.GlobalJitLevel.ON_2);
        }
        return ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(threads)
                .setGraphOptions(
                        GraphOptions.newBuilder().setRewriteOptions(rewriter).setOptimizerOptions(optimizer))
                .build();
    }
}
