package org.ppflow.app.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.app.console.Program;
import org.ppflow.app.report.ModelReport;
import org.ppflow.app.report.Part;
import org.ppflow.app.report.ReportModel;
import org.ppflow.app.report.RunReport;

/**
 * Keeps a page small enough for a phone: the pictures of all runs together have at most {@value #MOST_BYTES} bytes. What would be more is left out, from the last run backwards,
 * and the page says so.
 */
final class PictureBudget {
    /** 48 MiB, of which a page makes 64 MiB of text. */
    static final long MOST_BYTES = 48L << 20;

    private final long most;
    private long used;

    private PictureBudget(long most) {
        this.most = most;
    }

    static ReportModel within(ReportModel page) {
        return within(page, MOST_BYTES);
    }

    static ReportModel within(ReportModel page, long most) {
        PictureBudget budget = new PictureBudget(most);
        return new ReportModel(
                page.title(),
                page.command(),
                page.runs().stream().map(budget::run).toList(),
                page.cautions(),
                page.settings(),
                page.figures());
    }

    private RunReport run(RunReport run) {
        String alone = Program.lineForLater(
                List.of("report", run.folder()), !Path.of(run.folder()).isAbsolute());
        Part<byte[]> real = kept(run.real(), size(run.real()), alone);
        List<ModelReport> models = new ArrayList<>();
        for (ModelReport model : run.models()) {
            models.add(new ModelReport(
                    model.name(),
                    model.levels(),
                    model.losses(),
                    kept(model.samples(), size(model.samples()), alone),
                    kept(
                            model.guidance(),
                            model.guidance()
                                    .present()
                                    .map(panel -> panel.sheet().length)
                                    .orElse(0),
                            alone),
                    kept(
                            model.path(),
                            model.path()
                                    .present()
                                    .map(panel -> panel.sheet().length)
                                    .orElse(0),
                            alone)));
        }
        return run.with(models, real);
    }

    private static int size(Part<byte[]> picture) {
        return picture.present().map(bytes -> bytes.length).orElse(0);
    }

    private <T> Part<T> kept(Part<T> part, int bytes, String alone) {
        if (used + bytes > most) {
            return Part.missing(
                    "left out, since the pictures of this page would have more than " + (most >> 20) + " MiB", alone);
        }
        used += bytes;
        return part;
    }
}
