package org.ppflow.eval.protocol;

/**
 * What metrics are called. Only Inception's Fréchet distance is an FID, and numbers of different networks cannot be compared: all
 * others carry the kind of their network in front.
 *
 * @param kind of the feature network
 */
record MetricNames(String kind) {
    private static final String INCEPTION = "inception";

    /** {@code fid}, or {@code classifier_fd}. */
    String frechetDistance() {
        return inception() ? "fid" : kind + "_fd";
    }

    /** {@code sfid}, or {@code classifier_sfd}. */
    String spatialDistance() {
        return inception() ? "sfid" : kind + "_sfd";
    }

    /** The Fréchet distance in a text: {@code FID}, or {@code classifier-FD}. */
    String frechetName() {
        return inception() ? "FID" : kind + "-FD";
    }

    /** That of spatial features: {@code sFID}, or {@code classifier-sFD}. */
    String spatialName() {
        return inception() ? "sFID" : kind + "-sFD";
    }

    /** {@code kid}, or {@code classifier_kd}. */
    String kernelDistance() {
        return inception() ? "kid" : kind + "_kd";
    }

    /** {@code inception_score}, or {@code classifier_score}. */
    String score() {
        return kind + "_score";
    }

    /** {@code precision}, or {@code classifier_precision}. */
    String of(String metric) {
        return inception() ? metric : kind + "_" + metric;
    }

    private boolean inception() {
        return kind.equals(INCEPTION);
    }
}
