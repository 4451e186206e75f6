package org.ppflow.eval.feature;

/**
 * What kind of network features come from. It decides what metrics are called: only Inception's Fréchet distance is an FID,
 * and numbers of different networks cannot be compared.
 */
public enum NetworkKind {
    /** A small classifier that this toolkit trained: {@code classifier_fd}, {@code classifier_score}, … */
    CLASSIFIER("classifier"),
    /** The 2015 Inception v3 graph: {@code fid}, {@code inception_score}, {@code precision}, {@code recall}. */
    INCEPTION("inception"),
    /** Any other network: {@code network_fd}, {@code network_score}, … */
    OTHER("network");

    private final String label;

    NetworkKind(String label) {
        this.label = label;
    }

    /** {@code classifier}, {@code inception} or {@code network}. */
    public String label() {
        return label;
    }

    /** Key of the Fréchet distance. */
    public String frechetDistance() {
        return this == INCEPTION ? "fid" : label + "_fd";
    }

    /** Key of the value of the Inception Score's formula. */
    public String score() {
        return label + "_score";
    }

    /** Key of a metric that has one name for all networks, {@code precision} for instance. */
    public String metric(String name) {
        return this == INCEPTION ? name : label + "_" + name;
    }
}
