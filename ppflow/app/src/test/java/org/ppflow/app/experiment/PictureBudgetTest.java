package org.ppflow.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ppflow.app.console.ShellLine;
import org.ppflow.app.report.ModelReport;
import org.ppflow.app.report.Part;
import org.ppflow.app.report.ReportModel;
import org.ppflow.app.report.RunReport;

class PictureBudgetTest {
    @Test
    void picturesThatFit_stay() {
        ReportModel page = page(run("a", 40, 30), run("b", 20, 10));
        assertThat(PictureBudget.within(page, 100)).isEqualTo(page);
    }

    @Test
    void picturesBeyond_areLeftOutWithTheCommandThatShowsThem() {
        ReportModel page = PictureBudget.within(page(run("a", 40, 30), run("it's", 20, 31)), 100);

        assertThat(page.runs().get(0).models().get(0).samples().present()).isPresent();
        assertThat(page.runs().get(1).real().present()).isPresent();
        Part<byte[]> left = page.runs().get(1).models().get(0).samples();
        assertThat(left).isInstanceOfSatisfying(Part.Missing.class, gone -> {
            assertThat(gone.reason()).startsWith("left out");
            assertThat(gone.remedy())
                    .isEqualTo(ShellLine.of("cd", Path.of("").toAbsolutePath().toString())
                            + " && bin/ppflow report 'runs/it'\\''s'");
        });
    }

    private static ReportModel page(RunReport... runs) {
        return new ReportModel("title", "command", List.of(runs), List.of(), List.of(), List.of());
    }

    private static RunReport run(String name, int real, int samples) {
        ModelReport model = new ModelReport(
                "sit",
                List.of(),
                List.of(),
                Part.of(new byte[samples]),
                Part.missing("none", ""),
                Part.missing("none", ""));
        return new RunReport(
                name,
                "runs/" + name,
                "Finished.",
                List.of(),
                List.of(),
                "",
                Part.missing("none", ""),
                List.of(),
                List.of(model),
                Part.of(new byte[real]),
                Map.of(),
                List.of());
    }
}
