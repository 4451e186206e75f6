package org.ppflow.app.sweep;

import org.ppflow.nn.provenance.Toolkit;
import tools.jackson.databind.JsonNode;

/**
 * What was swept over.
 *
 * @param experiment name of the config
 * @param schedule of the model
 * @param config resolved, with this schedule alone and the number of samples of the sweep
 * @param weightsSha256 of the model
 * @param dataSha256 of the pictures
 * @param metric that was looked at
 * @param lowerIsBetter whether less of it is better
 * @param code that ran
 */
public record SweepSubject(
        String experiment,
        String schedule,
        JsonNode config,
        String weightsSha256,
        String dataSha256,
        String metric,
        boolean lowerIsBetter,
        Toolkit code) {}
