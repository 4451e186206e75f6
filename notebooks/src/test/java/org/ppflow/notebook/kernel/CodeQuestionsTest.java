package org.ppflow.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CodeQuestionsTest {
    private static CellEvaluator cells;
    private static CodeQuestions questions;

    @BeforeAll
    static void start() {
        cells = new CellEvaluator(
                System.getProperty("java.class.path"), List.of("import org.ppflow.flow.level.LevelSchedule;"));
        questions = new CodeQuestions(cells.analysis());
    }

    @AfterAll
    static void stop() {
        cells.close();
    }

    @Test
    void complete_offersMembersAtTheEndOfALaterStatement() {
        String code = "int a = 1;\nLevelSchedule.PPF_2.tok";

        CodeQuestions.Completions found = questions.complete(code, code.length());

        assertThat(found.words()).contains("tokens(");
        assertThat(code.substring(found.start(), found.end())).isEqualTo("tok");
    }

    @Test
    void complete_knowsVariablesOfCellsThatHaveRun() {
        cells.evaluate(1, "int remembered = 1;");

        assertThat(questions.complete("remem", 5).words()).contains("remembered");
    }

    @Test
    void complete_isSilentWhereNothingFits() {
        assertThat(questions.complete("zzzzzz", 6).words()).isEmpty();
    }

    @Test
    void describe_givesTheSignatureOfAMethod() {
        String code = "LevelSchedule.preset(\"sit\")";

        assertThat(questions.describe(code, code.indexOf("preset") + 3)).contains("LevelSchedule.preset(String");
    }

    @Test
    void completeness_tellsWhetherMoreLinesAreToCome() {
        assertThat(questions.completeness("int a = 1;")).isEqualTo(CodeQuestions.Completeness.COMPLETE);
        assertThat(questions.completeness("for (int i = 0; i < 3; i++) {"))
                .isEqualTo(CodeQuestions.Completeness.INCOMPLETE);
        assertThat(questions.completeness("int a = );")).isEqualTo(CodeQuestions.Completeness.INVALID);
    }
}
