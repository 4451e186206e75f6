package org.ppflow.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StopSignalTest {
    @Test
    void message_saysThatWorkIsSavedOnlyWhereItIs() {
        try (StopSignal signal = StopSignal.listen()) {
            assertThat(signal.message(false)).contains("did not end in time");
            // The disk was full, say.
            assertThat(signal.message(true)).contains("could not be saved");
            signal.saved();
            assertThat(signal.message(true)).contains("what was done is saved");
        }
    }

    @Test
    void request_reachesWorkThatListensAndNothingAfterwards() {
        StopSignal signal = StopSignal.listen();
        try (signal) {
            assertThat(StopSignal.isHeard()).isTrue();
            assertThat(signal.requested()).isFalse();
            StopSignal.request();
            assertThat(signal.requested()).isTrue();
        }
        assertThat(StopSignal.isHeard()).isFalse();
        try (StopSignal next = StopSignal.listen()) {
            assertThat(next.requested()).isFalse();
        }
    }
}
