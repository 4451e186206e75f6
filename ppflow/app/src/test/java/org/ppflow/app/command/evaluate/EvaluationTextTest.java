package org.ppflow.app.command.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ppflow.eval.preflight.Finding;
import org.ppflow.eval.preflight.Severity;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.eval.protocol.ProtocolResult;

class EvaluationTextTest {
    @Test
    void findings_standBelowTheTable_theSevereFirst_andAreToldBeforehand() {
        StringWriter err = new StringWriter();
        ToldFindings told = new ToldFindings(new PrintWriter(err), false);
        Finding warning = new Finding(Finding.Code.ONE_COLOUR, Severity.WARNING, "a.npz: 3 pictures of one colour");
        told.accept(warning);
        told.accept(warning);
        told.accept(new Finding(Finding.Code.COUNT, Severity.NOTE, "a.npz: 30 pictures"));
        Evaluation evaluation = new Evaluation(
                List.of(new ProtocolResult("exact", Map.of("fid", -3e-6), Map.of())),
                List.of(),
                List.of("a.npz: 30 pictures", "a.npz: 3 pictures of one colour"));

        String text = EvaluationText.table("a", evaluation, told.texts()).toText();

        assertThat(err.toString()).isEqualToNormalizingNewlines("warning: a.npz: 3 pictures of one colour\n");
        assertThat(text.lines().filter(line -> line.startsWith("! ")))
                .containsExactly("! a.npz: 3 pictures of one colour", "! a.npz: 30 pictures");
        assertThat(text).containsPattern("FID +0\\.0000");
    }

    @Test
    void metrics_haveTheNamesOfTheirNetworks() {
        assertThat(List.of("fid", "sfid", "classifier_fd", "dinov2_sfd", "tiny_kd", "fid_infinity"))
                .extracting(EvaluationText::name)
                .containsExactly("FID", "sFID", "classifier-FD", "dinov2-sFD", "tiny-KD", "FID at infinite N");
        assertThat(EvaluationText.name("classifier_fd_infinity")).isEqualTo("classifier-FD at infinite N");
        assertThat(EvaluationText.name("classifier_fd_low")).isEqualTo("  classifier-FD from");
        assertThat(EvaluationText.name("classifier_fd_standard_error")).isEqualTo("  standard error");
        assertThat(EvaluationText.name("classifier_precision")).isEqualTo("classifier precision");
        assertThat(EvaluationText.name("label_agreement")).isEqualTo("label agreement");
    }

    @Test
    void noteThatNoTableFollows_isTold() {
        StringWriter err = new StringWriter();

        new ToldFindings(new PrintWriter(err), true).accept(new Finding(Finding.Code.COUNT, Severity.NOTE, "few"));

        assertThat(err.toString()).isEqualToNormalizingNewlines("note: few\n");
    }

    /** A result that is read has the reason among its notes, and says no more of it elsewhere. */
    @Test
    void reasonOfAnUndefinedMetric_isSaidOnceAlsoOfAResultThatIsRead() {
        Evaluation made = new Evaluation(
                List.of(new ProtocolResult("adm", Map.of(), Map.of("fid", "too large"))), List.of(), List.of());

        for (Evaluation evaluation : List.of(made, Evaluation.parse(made.toJson(Map.of())))) {
            String text = EvaluationText.table("a", evaluation, Set.of()).toText();
            assertThat(text.lines().filter(line -> line.startsWith("! ")))
                    .singleElement()
                    .asString()
                    .contains("too large");
        }
    }
}
