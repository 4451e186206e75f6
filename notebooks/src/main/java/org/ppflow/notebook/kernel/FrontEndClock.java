package org.ppflow.notebook.kernel;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the front end's clock showed at a moment of ours. Requests carry the time at which they were sent, by a clock that may be minutes from ours: a browser's, on another machine.
 * The request that was least long on its way tells the difference, to within the time that it took; one that waited behind a cell tells too much, and a later one mends it.
 */
final class FrontEndClock {
    private @Nullable Duration behind;

    /** A request that was sent at a moment of theirs is here at one of ours. */
    void heard(Instant sent, Instant now) {
        Duration difference = Duration.between(sent, now);
        if (behind == null || difference.compareTo(behind) < 0) {
            behind = difference;
        }
    }

    /** Their time at a moment of ours; ours, as long as nothing was heard. */
    Instant at(Instant now) {
        return behind == null ? now : now.minus(behind);
    }
}
