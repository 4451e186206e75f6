package org.ppflow.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.eval.protocol.ProtocolResult;

class RecordedMetricsTest {
    private static final ProtocolResult ADM =
            new ProtocolResult("adm", Map.of("fid", 4.1, "precision", 0.8), Map.of("recall", "no neighbours"));
    private static final ProtocolResult EXACT = new ProtocolResult("exact", Map.of("fid", 4.2), Map.of());

    @Test
    void ofBothProtocols_plainNamesAreThePublishingOnes_inAnyOrder() {
        Map<String, Double> expected = Map.of("fid", 4.1, "precision", 0.8, "exact_fid", 4.2);

        assertThat(metrics(ADM, EXACT)).isEqualTo(expected);
        assertThat(metrics(EXACT, ADM)).isEqualTo(expected);
    }

    @Test
    void ofOneProtocol_namesArePlain_whicheverItIs() {
        assertThat(metrics(ADM)).isEqualTo(ADM.metrics());
        assertThat(metrics(EXACT)).isEqualTo(Map.of("fid", 4.2));
    }

    private static Map<String, Double> metrics(ProtocolResult... results) {
        return RecordedMetrics.of(new Evaluation(List.of(results), List.of(), List.of()));
    }
}
