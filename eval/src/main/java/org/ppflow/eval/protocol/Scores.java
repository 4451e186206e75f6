package org.ppflow.eval.protocol;

import java.util.List;

/**
 * What one protocol says of a set of samples.
 *
 * @param result its numbers
 * @param classes numbers of each class; empty where pictures have none
 * @param notes what a reader should know of the numbers
 */
public record Scores(ProtocolResult result, List<ClassRow> classes, List<String> notes) {
    public Scores {
        classes = List.copyOf(classes);
        notes = List.copyOf(notes);
    }
}
