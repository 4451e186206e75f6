package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.report.GuidancePanel;
import org.ppflow.app.report.Part;
import org.ppflow.app.report.PathPanel;
import org.ppflow.app.report.PictureSheet;
import tools.jackson.core.JacksonException;

/**
 * What {@link PanelStage} leaves beside its sheets.
 *
 * @param guidance what the sheet of guidance scales has; null where there is none
 * @param way what the sheet of ways has; null where there is none
 * @param seconds that it took
 */
record PanelFile(@Nullable Guidance guidance, @Nullable Way way, double seconds) {
    static final String NAME = "panel.json";
    static final String GUIDANCE = "guidance.png";
    static final String WAY = "path.png";

    /** As {@link GuidancePanel}, with the number of samples that were not finite. */
    record Guidance(List<String> classes, List<String> scales, int own, int noises, int blank) {}

    /** As {@link PathPanel}. */
    record Way(List<String> classes, List<PathPanel.Point> points) {}

    /** Where it lies in the run. */
    static String folder(ModelPlan model) {
        return model.folder() + "/panel";
    }

    /** Reads the sheet of guidance scales. */
    static Part<GuidancePanel> guidance(Path folder, String remedy) throws IOException {
        return read(folder, remedy, "report.classes", file -> {
            Guidance known = file.guidance();
            if (known == null) {
                return null;
            }
            byte[] sheet = Files.readAllBytes(folder.resolve(GUIDANCE));
            GuidancePanel panel = new GuidancePanel(
                    known.classes(), known.scales(), known.own(), known.noises(), known.blank(), sheet);
            PictureSheet.require(sheet, panel.rows(), panel.scales().size());
            return panel;
        });
    }

    /** Reads the sheet of ways. */
    static Part<PathPanel> way(Path folder, String remedy) throws IOException {
        return read(folder, remedy, "report.paths", file -> {
            Way known = file.way();
            if (known == null) {
                return null;
            }
            byte[] sheet = Files.readAllBytes(folder.resolve(WAY));
            PathPanel panel = new PathPanel(known.classes(), known.points(), sheet);
            PictureSheet.require(sheet, panel.rows(), panel.points().size());
            return panel;
        });
    }

    /** Makes a part of the file; null where nothing was asked for. */
    @FunctionalInterface
    private interface Reading<T> {
        @Nullable
        T of(PanelFile file) throws IOException;
    }

    private static <T> Part<T> read(Path folder, String remedy, String key, Reading<T> reading) throws IOException {
        if (!Files.exists(folder.resolve(NAME))) {
            return Part.missing("not drawn yet, or by a version that did not draw it", remedy);
        }
        try {
            T part = reading.of(StageJson.read(folder.resolve(NAME), PanelFile.class));
            return part == null
                    ? Part.missing("none was asked for: " + key + " is 0", remedy + " --set " + key + "=3")
                    : Part.of(part);
        } catch (IOException | JacksonException | IllegalArgumentException | NullPointerException e) {
            return Part.missing(folder.getFileName() + " is damaged", remedy);
        }
    }
}
