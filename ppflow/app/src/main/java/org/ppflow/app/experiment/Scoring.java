package org.ppflow.app.experiment;

import java.io.IOException;
import java.util.List;
import org.ppflow.eval.protocol.Evaluation;

/** How the samples of every model of an experiment are scored. */
interface Scoring {
    /** Name of the step of a model. */
    static String step(ModelPlan model) {
        return "evaluate-" + model.name().replace('/', '-');
    }

    /**
     * What is needed before the first sample: it is made, or found to be there, so that nothing fails for it after the training.
     *
     * @throws org.ppflow.nn.errors.BadInputException if it is not there, or does not fit
     */
    void prepare(List<ModelPlan> plans) throws IOException;

    /** Scores the samples of a model, unless that is done. */
    Evaluation evaluate(ModelPlan model) throws IOException;

    /** What the table says of the scores, and what the report says of the words in it. */
    ScoreRows rows(List<ModelResult> results);
}
