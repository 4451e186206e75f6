package org.ppflow.app.experiment;

import java.io.IOException;
import java.util.List;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.run.RunFolder;
import org.ppflow.app.table.Table;
import org.ppflow.eval.protocol.Evaluation;

/** stub */
record ReportStage(
        ExperimentConfig config, RunFolder run, DataStage data, TrainingStage training, SamplingStage sampling) {
    static final String REPORT = "report.html";

    void write(List<ModelResult> results, Table table, Evaluation noise) throws IOException {}
}
