package org.ppflow.eval.neighbours;

/** In what arithmetic ADM's evaluator computes a block of distances. */
enum BlockPrecision {
    /** Halves; products come doubled, see {@link PanelProducts#doubledHalves}. */
    FP16 {
        @Override
        float distance(float normU, float product, float normV) {
            return HalfArithmetic.distance(normU, product, normV);
        }
    },
    /** Floats: what a block is redone in when one of its halves is not finite. */
    FP32 {
        @Override
        float distance(float normU, float product, float normV) {
            float distance = normU - 2 * product + normV;
            return distance <= 0 ? 0 : distance;
        }
    };

    /** max(|u|² − 2uv + |v|², 0), rounded after each operation. */
    abstract float distance(float normU, float product, float normV);
}
