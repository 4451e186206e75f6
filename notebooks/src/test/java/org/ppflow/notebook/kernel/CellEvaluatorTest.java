package org.ppflow.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CellEvaluatorTest {
    private static CellEvaluator cells;

    @BeforeAll
    static void start() {
        cells = new CellEvaluator(System.getProperty("java.class.path"), List.of("import java.util.*;"));
    }

    @AfterAll
    static void stop() {
        cells.close();
    }

    @Test
    void evaluate_givesTheValueItselfOfTheLastExpression() {
        assertThat(cells.evaluate(1, "var list = new ArrayList<>(List.of(1, 2));\nlist.add(3);\nlist"))
                .isEqualTo(List.of(1, 2, 3))
                .isSameAs(cells.evaluate(2, "list"));
    }

    @Test
    void evaluate_showsNothingOfStatementsDeclarationsAndAssignments() {
        assertThat(cells.evaluate(1, "int a = 5;")).isNull();
        assertThat(cells.evaluate(2, "a = 6")).isNull();
        assertThat(cells.evaluate(3, "a + 1;")).isNull();
        assertThat(cells.evaluate(4, "a + 1; // with a comment")).isNull();
        assertThat(cells.evaluate(5, "a + 1 // with a comment")).isEqualTo(7);
        assertThat(cells.evaluate(6, "// a comment alone")).isNull();
        assertThat(cells.evaluate(7, "")).isNull();
    }

    @Test
    void evaluate_seesTheClassesOfTheToolkit() {
        assertThat(cells.evaluate(1, "org.ppflow.flow.level.LevelSchedule.PPF_3.tokens(32, 32)"))
                .isEqualTo(List.of(64, 128, 256));
    }

    @Test
    void evaluate_namesCellAndLineOfAnExceptionInAMethodOfAnEarlierCell() {
        cells.evaluate(
                3,
                "int half(int x) {\n    if (x % 2 == 1)\n        throw new IllegalStateException(\"odd\");\n    return x / 2;\n}");

        CellFailure failure =
                catchThrowableOfType(CellFailure.class, () -> cells.evaluate(4, "int one = 1;\n\nint two = half(3);"));

        assertThat(failure.kind()).isEqualTo("IllegalStateException");
        assertThat(failure).hasMessage("odd (cell [3], line 3)").hasCauseInstanceOf(IllegalStateException.class);
        assertThat(failure.lines())
                .anySatisfy(
                        line -> assertThat(line).contains("cell [3], line 3").contains("throw new"))
                .anySatisfy(
                        line -> assertThat(line).contains("cell [4], line 3").contains("half(3)"))
                .noneSatisfy(line -> assertThat(line).contains("REPL."));
    }

    @Test
    void evaluate_countsLinesFromTheCellNotFromTheStatement() {
        assertThatThrownBy(() ->
                        cells.evaluate(8, "// first\nint x8 = 1;\n// third\n\nif (x8 == 1) {\n    x8 = x8 / 0;\n}"))
                .hasMessage("/ by zero (cell [8], line 6)");
    }

    @Test
    void evaluate_namesLineAndColumnOfWhatDoesNotCompile() {
        CellFailure failure =
                catchThrowableOfType(CellFailure.class, () -> cells.evaluate(9, "int good = 1;\nint bad = goood;"));

        assertThat(failure.kind()).isEqualTo("CompileError");
        assertThat(failure.getMessage())
                .isEqualTo("cell [9], line 2, column 11: cannot find symbol, symbol: variable goood");
        assertThat(failure.lines()).contains("  symbol: variable goood", "    int bad = goood;", "              ^");
        // What stood before the mistake has run.
        assertThat(cells.evaluate(10, "good")).isEqualTo(1);
    }

    @Test
    void evaluate_refusesCodeThatDoesNotEnd() {
        assertThatThrownBy(() -> cells.evaluate(11, "int z = 1;\nList<Integer> open = List.of(1,"))
                .isInstanceOf(CellFailure.class)
                .hasMessageContaining("cell [11], line 2")
                .hasMessageContaining("does not end");
    }

    @Test
    void evaluate_refusesAMethodThatUsesWhatIsNowhere() {
        assertThatThrownBy(() -> cells.evaluate(12, "\nint waiting() { return nowhere(); }"))
                .isInstanceOf(CellFailure.class)
                .hasMessageContaining("cell [12], line 2")
                .hasMessageContaining("nowhere");
    }

    @Test
    void evaluate_takesMethodsThatCallOneAnotherInAnyOrder() {
        assertThat(cells.evaluate(13, "int outer() { return inner() + 1; }\nint inner() { return 1; }\nouter()"))
                .isEqualTo(2);
    }

    @Test
    void evaluate_tellsBadInputWithoutAStack() {
        CellFailure failure = catchThrowableOfType(
                CellFailure.class, () -> cells.evaluate(14, "org.ppflow.flow.level.LevelSchedule.preset(\"ppf-9\");"));

        assertThat(failure.kind()).isEqualTo("BadInputException");
        assertThat(failure.lines()).hasSize(2);
        assertThat(failure.lines().get(0)).contains("ppf-9").contains("expected one of");
        assertThat(failure.lines().get(1)).contains("cell [14], line 1");
    }
}
