package org.ppflow.app.load;

import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The share of the processors that others took, as results and benches have it in JSON. */
public final class LoadJson {
    /** Share, 0 to 1; null where the system does not tell, absent in files of versions that did not watch. */
    private static final String KEY = "used_by_others";

    private LoadJson() {}

    /** Puts it into an object, and returns that. */
    public static ObjectNode put(ObjectNode object, OptionalDouble share) {
        return object.put(KEY, share.isPresent() ? share.getAsDouble() : null);
    }

    /** What an object has; empty where it says nothing. */
    public static OptionalDouble share(JsonNode object) {
        JsonNode share = object.path(KEY);
        return share.isNumber() ? OptionalDouble.of(share.asDouble()) : OptionalDouble.empty();
    }
}
