package org.ppflow.app.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.EffectiveKeys;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.table.Cell;
import org.ppflow.app.table.Table;

/**
 * What an experiment would do and cost, for {@code --dry-run}: counted, not measured.
 *
 * @param config the resolved config
 * @param plans one a schedule
 */
record PlanTable(ExperimentConfig config, List<ModelPlan> plans) {
    private static final double GIGA = 1e9;
    private static final double TERA = 1e12;

    /** Costs, and then the config that they are of: a plan of many lines would hide what it is for. */
    String toText() {
        return table().toText() + "\nThe config, without the keys that have no effect here:\n\n"
                + EffectiveKeys.yaml(config);
    }

    /** Costs. */
    String toJson() {
        return table().toJson();
    }

    private Table table() {
        ModelPlan base = plans.get(0);
        boolean compared = plans.size() > 1;
        long images = config.training().steps() * config.training().batch();
        List<Table.Row> rows = new ArrayList<>();
        rows.add(row("levels", "levels", plan -> Cell.text(ResultTable.levels(plan.schedule()))));
        rows.add(row(
                "images a level in a batch",
                "batch_plan",
                plan -> Cell.text(plan.batch().counts().toString())));
        rows.add(row(
                "training steps",
                "training_steps",
                plan -> Cell.number((double) config.training().steps(), 0)));
        rows.add(row(
                "training TFLOPs",
                "training_tflops",
                plan -> Cell.number(images * plan.flops().trainingImage(plan.schedule()) / TERA, 1)));
        if (compared) {
            rows.add(row(
                    "training cost of " + base.name(),
                    "training_share",
                    plan -> Cell.percent(plan.flops().trainingImage(plan.schedule())
                            / base.flops().trainingImage(base.schedule()))));
        }
        if (ShareOfSit.isTold(plans)) {
            rows.add(row(
                    ShareOfSit.TRAINING,
                    ShareOfSit.TRAINING_KEY,
                    plan -> Cell.percent(new ShareOfSit(plan).training())));
        }
        rows.add(row(
                "NFE",
                "nfe",
                plan -> plan.ledger()
                        .map(ledger -> Cell.text(
                                ResultTable.counts(ledger.nfe(), ledger.counts().evaluations())))
                        .orElse(Cell.text("chosen as it runs"))));
        rows.add(row(
                "GFLOPs a sample",
                "gflops_per_sample",
                plan -> plan.ledger()
                        .map(ledger -> Cell.number(ledger.blocksOfPasses() / GIGA, 2))
                        .orElse(null)));
        rows.add(row(
                "samples",
                "samples",
                plan -> Cell.number((double) config.sampling().count(), 0)));
        rows.add(row(
                PanelStage.NAME, "report_samples", plan -> Cell.number((double) PanelStage.samples(config, plan), 0)));
        if (compared) {
            rows.add(row(
                    "sampling cost of " + base.name(),
                    "sampling_share",
                    plan -> plan.ledger()
                            .flatMap(ledger -> base.ledger()
                                    .map(first -> Cell.percent(ledger.blocksOfPasses() / first.blocksOfPasses())))
                            .orElse(null)));
        }
        if (ShareOfSit.isTold(plans)) {
            rows.add(row(
                    ShareOfSit.SAMPLING,
                    ShareOfSit.SAMPLING_KEY,
                    plan -> plan.ledger()
                            .map(ledger -> Cell.percent(
                                    new ShareOfSit(plan).sampling(ledger.passes(), ledger.blocksOfPasses())))
                            .orElse(null)));
        }
        return new Table(
                String.format(Locale.ROOT, "%s would do this", config.name()),
                plans.stream().map(ModelPlan::name).toList(),
                rows,
                List.of(
                        "FLOPs: 24·L·D² + 4·L²·D a block and pass, two for each multiply-add; a training step is three passes."));
    }

    private Table.Row row(String name, String key, Function<ModelPlan, @Nullable Cell> cell) {
        List<@Nullable Cell> cells = new ArrayList<>();
        plans.forEach(plan -> cells.add(cell.apply(plan)));
        return new Table.Row(name, key, false, cells);
    }
}
