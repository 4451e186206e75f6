package org.ppflow.flow.model;

/**
 * Which network a file of weights is for, and how that is known.
 *
 * @param description network and schedule
 * @param origin where what tensors do not say came from, for people: a file, "its metadata"
 */
public record IdentifiedModel(ModelDescription description, String origin) {}
