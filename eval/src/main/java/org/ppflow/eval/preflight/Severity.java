package org.ppflow.eval.preflight;

/** How bad a finding is. */
public enum Severity {
    /** Good to know when numbers are compared. */
    NOTE,
    /** Some numbers are not what their reader takes them for. */
    WARNING,
    /** Every number would be wrong. */
    ERROR
}
