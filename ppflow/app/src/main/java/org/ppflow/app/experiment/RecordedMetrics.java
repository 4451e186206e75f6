package org.ppflow.app.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ppflow.eval.protocol.AdmProtocol;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.eval.protocol.ExactProtocol;
import org.ppflow.eval.protocol.ProtocolResult;

/**
 * The metrics of an evaluation under one name each, for records and tables: {@code fid} is that of {@code adm}, which published numbers are of, and
 * {@code exact_fid} that of {@code exact} beside it. Of one protocol alone all names are plain.
 */
final class RecordedMetrics {
    /** Before the names of the protocol {@code exact} beside {@code adm}. */
    static final String EXACT = ExactProtocol.NAME + "_";

    private RecordedMetrics() {}

    /** All that have a number. */
    static Map<String, Double> of(Evaluation evaluation) {
        ProtocolResult first = evaluation.protocol(AdmProtocol.NAME);
        Map<String, Double> metrics = new LinkedHashMap<>(first.metrics());
        for (ProtocolResult other : evaluation.protocols()) {
            if (!other.protocol().equals(first.protocol())) {
                other.metrics().forEach((name, value) -> metrics.put(other.protocol() + "_" + name, value));
            }
        }
        return Collections.unmodifiableMap(metrics);
    }
}
